import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import type { ICruiseResult, IModule } from 'dependency-cruiser';
import { root } from '../scripts/project.mjs';

/** The folders of the product, and what each may import of the others. */
const FOLDERS: Readonly<Record<string, readonly RegExp[]>> = {
  runtime: [],
  program: [/^runtime\/index\.ts$/],
  exploration: [/^(runtime|program)\/index\.ts$/],
  // The contract is bundled into the panels: it takes the faults, without the simulator.
  'debug-adapter': [
    /^(runtime|program)\/index\.ts$/,
    /^runtime\/contracts\/(fault|protocol-points)\.ts$/,
  ],
  layout: [/^type runtime\/index\.ts$/],
  cli: [/^(runtime|program|layout|exploration)\/index\.ts$/],
  webview: [
    /^type runtime\/index\.ts$/,
    /^layout(\/drawing)?\/index\.ts$/,
    /^debug-adapter\/protocol\.ts$/,
  ],
  extension: [
    /^type runtime\/index\.ts$/,
    /^debug-adapter\/protocol\.ts$/,
    /^layout\/index\.ts$/,
    /^webview\/[a-z]+\/messages\.ts$/,
  ],
};

/** The packages that a folder can load where it runs; elsewhere every package but `vscode`. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  // Only the types that authors program against, which `types/` declares.
  runtime: /^(portals|types\/portals\.d\.ts)$/,
  webview: /^(?!node:|vscode$)/,
  extension: /^/,
};
const ANYWHERE_ELSE = /^(?!vscode$)/;

/**
 * The folders inside `runtime/` and `debug-adapter/`, and what each may import of the others there.
 * A file directly in one of the two is a folder of one file.
 */
const LAYERS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  runtime: {
    ...stack('contracts values format determinism application tasks recovery simulator'),
    builder: ['contracts', 'values', 'format', 'application'],
    library: ['contracts', 'values', 'format', 'determinism', 'application', 'tasks', 'builder'],
    'api.ts': ['contracts', 'application', 'tasks', 'simulator', 'builder', 'library'],
    'index.ts': ['contracts', 'values', 'format', 'determinism', 'simulator', 'api.ts'],
  },
  'debug-adapter': stack(
    'agent protocol protocol.ts dap v8 breakpoints inspection time-travel session repl requests main.ts',
  ),
};

const SOURCE_FILES_PER_FOLDER_MAX = 20;
const LINES_MAX = 350;

/** Leftovers of the move into this tree; each disappears with the change that removes its cause. */
const LEFTOVERS = {
  layers: [] as readonly string[],
  circles: [] as readonly string[],
  long: /^$/,
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

let modules: readonly IModule[] = [];

before(async () => {
  // The package has no entry for `require`, which the compiled tests would use.
  const { cruise } = await import('dependency-cruiser');
  const folders = [...Object.keys(FOLDERS), 'scripts', 'bench', 'test'];
  const { output } = (await cruise(folders, {
    baseDir: root,
    validate: true,
    ruleSet: {
      forbidden: [{ name: 'circle', severity: 'error', from: {}, to: { circular: true } }],
    },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/(programs|types/programs)/' },
  })) as { output: ICruiseResult };
  modules = output.modules;
});

for (const [folder, others] of Object.entries(FOLDERS)) {
  test(`${folder}/ imports only what it may`, () => {
    const packages = PACKAGES[folder] ?? ANYWHERE_ELSE;
    const mayImport = ({ to, typeOnly }: Import) => {
      const [first = ''] = to.split('/');
      if (first === folder) return true;
      if (!(first in FOLDERS)) return packages.test(to);
      return others.some((rule) => rule.test(to) || (typeOnly && rule.test(`type ${to}`)));
    };
    const found = importsOf(folder);
    assert.ok(found.length > 0, 'the imports are found');
    assert.deepEqual(written(found.filter((imported) => !mayImport(imported))), []);
  });
}

for (const [folder, layers] of Object.entries(LAYERS)) {
  test(`folders inside ${folder}/ import only what is below them`, () => {
    const layerOf = (file: string) => file.split('/')[1] ?? '';
    const inside = importsOf(folder).filter(
      ({ from, to }) => to.startsWith(`${folder}/`) && layerOf(from) !== layerOf(to),
    );
    const strays = inside.filter(({ from, to }) => {
      const [lower, upper] = [layerOf(from), layerOf(to)];
      return !layers[lower]?.includes(upper) && !LEFTOVERS.layers.includes(`${lower} > ${upper}`);
    });
    assert.deepEqual(written(strays), []);
  });
}

test('debug-adapter/agent/ is imported through its index', () => {
  const agent = 'debug-adapter/agent/';
  const strays = importsOf('debug-adapter').filter(
    ({ from, to }) => to.startsWith(agent) && !from.startsWith(agent) && to !== `${agent}index.ts`,
  );
  assert.deepEqual(written(strays), []);
});

// Otherwise, an event of a run changes its form at each hop from the thread to the client.
test('the events of a run have one interface', () => {
  const files = readdirSync(join(root, 'debug-adapter'), { recursive: true, encoding: 'utf8' });
  const declaring = files.filter(
    (file) =>
      file.endsWith('.ts') &&
      /^ {2}on(Output|Paused)\([^)]*\): (void|Promise)/m.test(
        readFileSync(join(root, 'debug-adapter', file), 'utf8'),
      ),
  );
  assert.deepEqual(declaring, ['v8/run-events.ts']);
});

test('modules do not import each other in a circle, types included', () => {
  const circles = modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ circular }) => circular)
      .map(({ cycle = [] }) => [source, ...cycle.map(({ name }) => name)].join(' → ')),
  );
  assert.deepEqual(
    circles.filter((circle) => !LEFTOVERS.circles.some((folder) => circle.startsWith(folder))),
    [],
  );
});

test(`no folder has more than ${SOURCE_FILES_PER_FOLDER_MAX} source files`, () => {
  const counts = new Map<string, number>();
  for (const file of sourceFiles(/\.(ts|mjs|js|css)$/)) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  const crowded = [...counts].filter(([, count]) => count > SOURCE_FILES_PER_FOLDER_MAX);
  assert.deepEqual(crowded, []);
});

test(`no file is longer than ${LINES_MAX} lines`, () => {
  const lengths = sourceFiles(/\.(ts|mjs|js|css)$/).map((file) => {
    return { file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 };
  });
  assert.deepEqual(
    lengths.filter(({ file, lines }) => lines > LINES_MAX && !LEFTOVERS.long.test(file)),
    [],
  );
});

/** Folders from the lowest to the highest: each may import all those before it. */
function stack(folders: string): Record<string, readonly string[]> {
  const names = folders.split(' ');
  return Object.fromEntries(names.map((name, index) => [name, names.slice(0, index)]));
}

/** What the files of a folder import: files by their paths from the root, packages by name. */
function importsOf(folder: string): Import[] {
  return modules
    .filter(({ source }) => source.startsWith(`${folder}/`))
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ module, resolved, dependencyTypes }) => ({
        from: source,
        to: dependencyTypes.includes('local') ? resolved : module,
        typeOnly: dependencyTypes.includes('type-only'),
      })),
    );
}

function written(imports: readonly Import[]): string[] {
  return imports.map(({ from, to }) => `${from} imports ${to}`);
}

function sourceFiles(kind: RegExp): string[] {
  return [...Object.keys(FOLDERS), 'scripts', 'bench', 'test', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => kind.test(file))
      .map((file) => `${folder}/${file}`),
  );
}
