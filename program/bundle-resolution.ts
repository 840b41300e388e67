import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import type { OnResolveArgs, PartialMessage, Plugin, PluginBuild } from 'esbuild';

/** esbuild's warnings for imports whose name is computed. */
export const ONLY_CONSTANT_IMPORTS: ReadonlySet<string> = new Set([
  'unsupported-dynamic-import',
  'unsupported-require-call',
]);

/** What a plugin's message carries to the diagnosis: the stable code. */
export interface RefusalDetail {
  readonly portalsCode: string;
}

const BUILTINS = new Set(builtinModules);
const REMOTE = /^(?:https?:)?\/\//;

/** Resolves `portals` to the injected runtime and refuses what would make runs differ. */
export function resolution(): Plugin {
  return {
    name: 'portals',
    setup(build) {
      build.onResolve({ filter: /^portals$/ }, () => ({ path: 'runtime', namespace: 'portals' }));
      build.onLoad({ filter: /.*/, namespace: 'portals' }, () => ({ contents: PORTALS_MODULE }));
      build.onResolve({ filter: /.*/ }, (args) => refuse(build, args));
    },
  };
}

/**
 * `PortalsJS` is the parameter of the bundle's function. All modules share one scope there, so the
 * names here are ones that no author uses: a clash would rename the author's variable.
 */
const PORTALS_MODULE = `
const portals$api = PortalsJS;
export { portals$api as PortalsJS };
export default portals$api;
const portals$ApplicationBuilder = portals$api.ApplicationBuilder;
const portals$System = portals$api.System;
const portals$PerKeyState = portals$api.PerKeyState;
const portals$PerTaskState = portals$api.PerTaskState;
const portals$Stash = portals$api.Stash;
const portals$Actors = portals$api.Actors;
export {
  portals$ApplicationBuilder as ApplicationBuilder,
  portals$System as System,
  portals$PerKeyState as PerKeyState,
  portals$PerTaskState as PerTaskState,
  portals$Stash as Stash,
  portals$Actors as Actors,
};
`;

const RESOLVING = Symbol('resolving');

async function refuse(
  build: PluginBuild,
  args: OnResolveArgs,
): Promise<{ errors: PartialMessage[] } | undefined> {
  if (args.pluginData === RESOLVING || args.kind === 'entry-point') return undefined;
  if (args.kind === 'dynamic-import') {
    return refusal(
      'PORTALS_BUNDLE_DYNAMIC_IMPORT',
      `import('${args.path}') loads asynchronously, but programs are synchronous. ` +
        'Import it at the top of the file.',
    );
  }
  if (REMOTE.test(args.path)) {
    return refusal(
      'PORTALS_BUNDLE_REMOTE_IMPORT',
      `'${args.path}' is remote: it may differ at each run. Install the package, or save ` +
        'the file beside the program, and import that.',
    );
  }
  if (args.path.startsWith('node:')) return builtinRefusal(args.path);
  if (!BUILTINS.has(args.path)) return undefined;
  // A package of the same name may be installed, as `events` and `buffer` often are.
  const found = await build.resolve(args.path, {
    kind: args.kind,
    importer: args.importer,
    resolveDir: args.resolveDir,
    pluginData: RESOLVING,
  });
  return found.errors.length > 0 || found.external ? builtinRefusal(args.path) : undefined;
}

function builtinRefusal(name: string): { errors: PartialMessage[] } {
  return refusal(
    'PORTALS_BUNDLE_NODE_MODULE',
    `'${name}' is a module of Node.js: what it gives differs from run to run, and a run could not ` +
      'be replayed. Bring data in through a generator, put results out with log.info or console.',
  );
}

function refusal(portalsCode: string, text: string): { errors: PartialMessage[] } {
  const detail: RefusalDetail = { portalsCode };
  return { errors: [{ text, detail }] };
}

/** Loads each of `files` without the comment that refers to its source map. */
export function withoutSourceMaps(files: ReadonlySet<string>): Plugin {
  return {
    name: 'portals-source-maps',
    setup(build) {
      if (files.size === 0) return;
      build.onLoad({ filter: /.*/, namespace: 'file' }, async ({ path }) => {
        if (!files.has(path)) return undefined;
        const text = await readFile(path, 'utf8');
        return {
          contents: text.replaceAll('sourceMappingURL=', 'sourceMapping ='),
          loader: 'default',
        };
      });
    },
  };
}
