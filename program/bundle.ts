import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path';
import {
  type BuildFailure,
  type BuildOptions,
  type BuildResult,
  build,
  type Message,
} from 'esbuild';
import { diagnose } from './bundle-diagnosis.ts';
import { ONLY_CONSTANT_IMPORTS, resolution, withoutSourceMaps } from './bundle-resolution.ts';
import { type Diagnostic, ProgramError } from './diagnostic.ts';
import { withOriginalNames } from './original-names.ts';
import type { SourceMap } from './positions.ts';
import { PROGRAM_URL } from './program-url.ts';

/** A program made of one script. Plain data: it can be posted to a worker. */
export interface Bundle {
  /**
   * An expression: a function `(PortalsJS, module, exports)` that runs the program and returns its
   * exports. One function, so that the program's variables are locals and not properties of the
   * global object. Names and statements are the author's.
   */
  readonly code: string;
  /** Maps `code` to the sources; `sources` are absolute paths. */
  readonly map: SourceMap;
  /** The program's file, as an absolute path. */
  readonly program: string;
  /** The folder of the program's file without links; stacks name files relative to it. */
  readonly root: string;
  /** Every source file that went in, as absolute paths: what to watch for changes. */
  readonly inputs: readonly string[];
  /** By the path of a source file: the files that its imports name, by their specifiers. */
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** SHA-256 of `code`, which names no directory above the program's: equal on any machine. */
  readonly hash: string;
  readonly warnings: readonly Diagnostic[];
}

const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx'];

/**
 * Bundles the portal app in `file` with everything it imports, in memory.
 *
 * @throws ProgramError with `PORTALS_BUNDLE_…` codes and source positions.
 */
export async function bundle(file: string): Promise<Bundle> {
  const program = resolve(file);
  await checkReadable(program);
  const directory = dirname(program);
  const result = await attempt(program, directory);
  const written = outputOf(result, '.js');
  const mapped = absoluteSources(outputOf(result, '.map'), directory);
  const { code, map } = withOriginalNames(written, mapped);
  const strict = isModule(result, code) ? code.replace(HEAD, () => `${HEAD}"use strict";`) : code;
  const warnings = result.warnings
    .filter(isReported)
    .map((warning) => diagnose(warning, directory));
  return {
    code: strict,
    map,
    program,
    root: dirname(await realpath(program)),
    inputs: Object.keys(result.metafile.inputs)
      .filter((name) => !name.startsWith('portals:'))
      .map((name) => absolute(name, directory)),
    imports: importsOf(result, directory),
    hash: createHash('sha256').update(strict).digest('hex'),
    warnings,
  };
}

function importsOf({ metafile }: Built, directory: string): Bundle['imports'] {
  const all = Object.entries(metafile.inputs).map(([file, { imports }]) => {
    const named = imports.flatMap(({ original, path }) =>
      original === undefined ? [] : [[original, absolute(path, directory)] as const],
    );
    return [absolute(file, directory), Object.fromEntries(named)] as const;
  });
  return Object.fromEntries(all);
}

function absolute(name: string, directory: string): string {
  return name.startsWith('portals:') || isAbsolute(name) ? name : resolve(directory, name);
}

/**
 * Whether all of the program is modules, and therefore strict. A file without any import or export
 * is a script, whatever the nearest `package.json` says: playground programs are, and they may
 * assign to variables that they never declared.
 */
function isModule({ metafile }: Built, code: string): boolean {
  const inputs = Object.values(metafile.inputs);
  const linked =
    inputs.some(({ imports }) => imports.some(({ kind }) => kind === 'import-statement')) ||
    code.includes('\nmodule.exports = __toCommonJS(');
  return linked && inputs.every(({ format }) => format === 'esm');
}

/** `module` and `exports` are there for every file, so their use is no mistake. */
function isReported(warning: Message): boolean {
  return warning.id !== 'commonjs-variable-in-esm';
}

const HEAD = '(function (PortalsJS, module, exports) {';

type Built = BuildResult<{ write: false; metafile: true }>;

/** Bundles; files whose source map esbuild cannot parse are bundled again without it. */
async function attempt(program: string, directory: string): Promise<Built> {
  const unmapped = new Set<string>();
  for (;;) {
    try {
      const result = await build(buildOptions(program, directory, unmapped));
      const refused = result.warnings.filter(isRefusedImport);
      if (refused.length > 0) throw programError(refused, directory);
      return result;
    } catch (error) {
      const { errors } = error as Partial<BuildFailure>;
      if (errors === undefined) throw error;
      const found = errors.flatMap((message) => fileOfBadMap(message, directory) ?? []);
      if (found.every((file) => unmapped.has(file))) throw programError(errors, directory);
      for (const file of found) unmapped.add(file);
    }
  }
}

/** The file that refers to the source map which `message` rejects, if it rejects one. */
function fileOfBadMap({ text, notes, location }: Message, directory: string): string | undefined {
  if (!/\bsource map\b/i.test(text)) return undefined;
  const file = notes.find((note) => note.location !== null)?.location?.file ?? location?.file;
  return file === undefined ? undefined : resolve(directory, file);
}

function buildOptions(program: string, directory: string, unmapped: ReadonlySet<string>) {
  return {
    entryPoints: [program],
    absWorkingDir: directory,
    outfile: resolve(directory, PROGRAM_URL),
    write: false,
    metafile: true,
    bundle: true,
    // Every statement stays, so that a breakpoint on any of them binds.
    treeShaking: false,
    format: 'cjs',
    platform: 'browser',
    target: 'node20',
    // A computed import that a package guards becomes a call of the refused `require`.
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    charset: 'utf8',
    logLevel: 'silent',
    banner: { js: HEAD },
    footer: { js: 'return module.exports;\n})' },
    logOverride: {
      'unsupported-dynamic-import': 'warning',
      'unsupported-require-call': 'warning',
    },
    plugins: [resolution(), withoutSourceMaps(unmapped)],
  } as const satisfies BuildOptions;
}

/** Packages probe for modules in guarded ways; the author's own computed imports are refused. */
function isRefusedImport(warning: Message): boolean {
  const file = warning.location?.file ?? '';
  return ONLY_CONSTANT_IMPORTS.has(warning.id) && !file.includes('node_modules');
}

function programError(messages: readonly Message[], directory: string): ProgramError {
  const [first, ...rest] = messages.map((message) => diagnose(message, directory));
  if (first === undefined) throw new Error('esbuild failed without a message');
  return new ProgramError([first, ...rest]);
}

async function checkReadable(program: string): Promise<void> {
  if (!EXTENSIONS.includes(extname(program))) {
    throw new ProgramError([
      {
        code: 'PORTALS_BUNDLE_UNSUPPORTED_FILE',
        message:
          `'${basename(program)}' is not a program. Name a file that ends in ` +
          `${EXTENSIONS.slice(0, -1).join(', ')} or ${EXTENSIONS.at(-1)}.`,
      },
    ]);
  }
  try {
    await readFile(program);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    const message =
      reason === 'ENOENT'
        ? `${program} does not exist. Check the path.`
        : `${program} cannot be read (${reason}). Name a readable file.`;
    throw new ProgramError([{ code: 'PORTALS_BUNDLE_UNREADABLE', message }], { cause: error });
  }
}

function outputOf(result: Built, extension: string): string {
  const output = result.outputFiles.find((each) => each.path.endsWith(extension));
  if (output === undefined) throw new Error(`esbuild wrote no ${extension} file`);
  return output.text;
}

function absoluteSources(json: string, directory: string): SourceMap {
  const map = JSON.parse(json) as SourceMap;
  // The sources of a map are URLs, in which the bundler escapes what is special.
  const sources = map.sources.map((source) =>
    source === null ? source : absolute(decodeURIComponent(source), directory),
  );
  return { ...map, file: PROGRAM_URL, sources };
}
