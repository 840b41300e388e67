import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type Bundle, Program, ProgramError } from '../../../program/index.ts';
import { RUNTIME_BUILD } from '../../../program/runtime-build.mjs';
import { DEFAULT_OPTIONS, type RuntimeOptions } from '../../../runtime/index.ts';
import { root } from '../../../scripts/project.mjs';

/** What a program printed, and the code and message of what ended it. */
export interface Outcome {
  readonly printed: readonly string[];
  readonly hash: string;
  readonly failed: string | undefined;
  readonly program: Program;
}

/** Bundled at once: test files run programs while they load. */
const [output] = buildSync({
  entryPoints: [join(root, 'runtime/index.ts')],
  ...RUNTIME_BUILD,
  write: false,
}).outputFiles;
const runtimeCode = output?.text ?? '';

/** Runs the statements of a program, without bundling them; `app` is its application's builder. */
export function runCode(code: string, options: Partial<RuntimeOptions> = {}): Outcome {
  const printed: string[] = [];
  const bundle: Bundle = {
    code: `(function (PortalsJS, module, exports) { const app = PortalsJS.ApplicationBuilder('app');
${code}
return app.build();
})`,
    map: { version: 3, sources: [], names: [], mappings: '' },
    program: 'app.js',
    root: '/',
    inputs: [],
    imports: {},
    hash: '',
    warnings: [],
  };
  const program = new Program(bundle, runtimeCode, {
    ...DEFAULT_OPTIONS,
    ...options,
    probe: (notice) => {
      if (notice.kind === 'output' && notice.outside) printed.push(notice.text);
      if (notice.kind === 'diverged') printed.push(`diverged ${notice.error.code}`);
      if (notice.kind !== 'committed') return;
      for (const effect of notice.effects) {
        if (effect.kind === 'output') printed.push(effect.text);
        if (effect.kind === 'log') printed.push(effect.message);
        if (effect.kind === 'error') printed.push(`${effect.error.code} ${effect.error.message}`);
      }
    },
  });
  const failed = failureOf(() => program.complete());
  const hash = failed === undefined ? program.runtime.simulator.inspect.stateHash() : '';
  return { printed, hash, failed, program };
}

function failureOf(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const [first] = error.diagnostics;
    return `${first?.code} ${first?.message}`;
  }
}
