import { createRealm, loadRuntimeCode, type RuntimeModule } from '../../program/index.ts';
import {
  type AppError,
  DEFAULT_OPTIONS,
  RUNTIME_URL,
  type RuntimeOptions,
} from '../../runtime/index.ts';

/** What a script did wrong, and where: `LINE:COLUMN` in its text. */
export interface Wrong {
  readonly code: string;
  readonly message: string;
  readonly path: string | undefined;
  readonly at: string | undefined;
}

/** Stands in front of the call at fault; the script is run without it. */
const MARK = '▸';

const SCRIPT_URL = 'script.js';

/**
 * Runs a script as a host does, in a realm of its own, with a builder `app` of the application
 * `/app`, which is launched and run unless the script launches by itself. Returns what it threw, or
 * what its handlers threw, and where the script marks the fault.
 */
export async function runScript(
  marked: string,
  options: Partial<RuntimeOptions> = {},
): Promise<{ wrong: Wrong[]; marked: string | undefined }> {
  const realm = createRealm();
  const code = `${await loadRuntimeCode()}\n;PortalsRuntime`;
  const { createRuntime } = realm.evaluate(code, RUNTIME_URL) as RuntimeModule;
  const wrong: Wrong[] = [];
  const add = ({ code, message, path, site }: AppError) => {
    const at = site === undefined ? undefined : `${site.line}:${site.column}`;
    wrong.push({ code, message, path, at });
  };
  const { PortalsJS, simulator } = createRuntime({
    ...DEFAULT_OPTIONS,
    ...options,
    probe(notice) {
      if (notice.kind === 'handler-error') add(notice.error);
      // A probe that does not observe events receives errors with the commit.
      if (notice.kind !== 'committed' || options.detail !== 'steps') return;
      for (const effect of notice.effects) if (effect.kind === 'error') add(effect.error);
    },
  });
  Object.assign(realm.global, { PortalsJS });
  realm.evaluate('app = PortalsJS.ApplicationBuilder("app")', 'prelude.js');
  try {
    realm.evaluate(marked.replace(MARK, ''), SCRIPT_URL);
    const build = () => realm.evaluate('app.build()', 'prelude.js');
    if (simulator.inspect.topology().applications.length === 0) simulator.launch(build());
    simulator.stepUntilComplete();
  } catch (thrown) {
    add(thrown as AppError);
  }
  return { wrong, marked: positionOf(marked) };
}

function positionOf(marked: string): string | undefined {
  const lines = marked.slice(0, marked.indexOf(MARK)).split('\n');
  return marked.includes(MARK) ? `${lines.length}:${(lines.at(-1) ?? '').length + 1}` : undefined;
}
