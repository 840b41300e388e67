import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type RawClient, spawnAdapter } from '../../clients/raw-client.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

const APP = `import { next } from './lib/next.js';
import { twice } from 'doubling';
${withHandler(`console.log(x);
    return twice(next(x));`)}`;
const NEXT = 'export function next(n) {\n  return n + 1;\n}\n';
const TWICE = 'export function twice(n) {\n  return n * 2;\n}\n';
const HANDLER_LINE = 10;

/** The folder `real`, the folder `link` that leads to it, and a linked package. */
function linkedFolders(app = APP): string {
  const root = writeFiles({
    'real/app.js': app,
    'real/lib/next.js': NEXT,
    'packages/doubling/index.js': TWICE,
    'packages/doubling/package.json': '{"name":"doubling","main":"index.js","type":"module"}',
  });
  mkdirSync(join(root, 'real/node_modules'));
  symlinkSync(
    join(root, 'packages/doubling'),
    join(root, 'real/node_modules/doubling'),
    'junction',
  );
  symlinkSync(join(root, 'real'), join(root, 'link'), 'junction');
  return root;
}

interface Frame {
  readonly id: number;
  readonly source?: { readonly path: string };
}

interface Stop {
  readonly breakpoint: Readonly<Record<string, unknown>>;
  readonly paths: readonly unknown[];
  readonly client: RawClient;
  readonly frameId: number | undefined;
}

/** Launches `program` with a breakpoint at `line` of the file that the client calls `name`. */
async function stopAt(t: TestContext, program: string, name: string, line: number): Promise<Stop> {
  const { client } = spawnAdapter(t);
  await client.ask('initialize', { adapterID: 'portals' });
  const launched = client.request('launch', { program });
  await client.event('initialized');
  const args = { source: { path: name }, breakpoints: [{ line }] };
  const { body } = await client.ask('setBreakpoints', args);
  await client.ask('configurationDone');
  await client.responseTo(launched);
  const [breakpoint = {}] = (body?.['breakpoints'] ?? []) as Record<string, unknown>[];
  const { body: stop } = await client.event('stopped');
  const stack = await client.ask('stackTrace', { threadId: stop?.['threadId'] });
  const frames = (stack.body?.['stackFrames'] ?? []) as Frame[];
  const paths = frames.flatMap(({ source: shown }) => shown?.path ?? []);
  return { breakpoint, paths, client, frameId: frames[0]?.id };
}

/** How the program and a file of it are named; and where the breakpoint is. */
const CASES: readonly (readonly [program: string, file: string, line: number])[] = [
  ['link/app.js', 'link/app.js', HANDLER_LINE],
  ['link/app.js', 'real/app.js', HANDLER_LINE],
  ['real/app.js', 'link/app.js', HANDLER_LINE],
  ['real/app.js', 'real/lib/../app.js', HANDLER_LINE],
  ['link/app.js', 'link/lib/next.js', 2],
  ['real/app.js', 'link/lib/next.js', 2],
  ['real/app.js', 'real/node_modules/doubling/index.js', 2],
  ['real/app.js', 'packages/doubling/index.js', 2],
  ['link/app.js', 'link/node_modules/doubling/index.js', 2],
];

for (const [program, file, line] of CASES) {
  test(`a breakpoint in ${file} of ${program} stops, and its stack names that file`, async (t) => {
    const root = linkedFolders();
    const name = `${root}/${file}`;
    const { breakpoint, paths } = await stopAt(t, join(root, program), name, line);
    assert.equal(breakpoint['verified'], true);
    assert.equal((breakpoint['source'] as { path: string }).path, name);
    assert.equal(paths[0], name);
  });
}

test('a client may name files by URLs', async (t) => {
  const root = linkedFolders();
  const url = pathToFileURL(join(root, 'link/app.js')).href;
  const { breakpoint, paths } = await stopAt(t, url, url, HANDLER_LINE);
  assert.deepEqual([breakpoint['verified'], paths[0]], [true, url]);
});

test('everything names the files behind a link as the client does', async (t) => {
  const root = linkedFolders();
  const app = join(root, 'link/app.js');
  const next = join(root, 'link/lib/next.js');
  const files = [app, next, join(root, 'packages/doubling/index.js')].sort();
  const { client, paths } = await stopAt(t, app, next, 2);
  assert.deepEqual([...new Set(paths)], [next, app]);
  const loaded = await client.ask('loadedSources');
  const sources = (loaded.body?.['sources'] ?? []) as { path: string }[];
  assert.deepEqual(sources.map(({ path }) => path).sort(), files);
  const own = await client.ask('portals/sources');
  assert.deepEqual(((own.body?.['paths'] ?? []) as string[]).sort(), files);
  const { body } = await client.ask('portals/topology');
  const topology = body?.['topology'] as { nodes: { site?: { url: string } }[] } | undefined;
  const urls = new Set(topology?.nodes.flatMap(({ site }) => site?.url ?? []));
  assert.deepEqual([...urls], [app]);
  const output = client.received.find((each) => each.body?.['category'] === 'stdout');
  assert.equal((output?.body?.['source'] as { path: string } | undefined)?.path, app);
});

test('expressions know what a file behind a link imports', async (t) => {
  const root = linkedFolders();
  const app = join(root, 'link/app.js');
  const { client, frameId } = await stopAt(t, app, app, HANDLER_LINE);
  const { body } = await client.ask('evaluate', { expression: 'next(twice(3))', frameId });
  assert.equal(body?.['result'], '7');
});

test('places to stop at and to jump to are found by any name', async (t) => {
  const root = linkedFolders();
  const real = join(root, 'real/app.js');
  const { client } = await stopAt(t, join(root, 'link/app.js'), real, HANDLER_LINE);
  for (const path of [real, join(root, 'link/app.js'), pathToFileURL(real).href]) {
    const at = { source: { path }, line: HANDLER_LINE };
    const places = await client.ask('breakpointLocations', at);
    assert.notDeepEqual(places.body?.['breakpoints'], []);
    const targets = await client.ask('gotoTargets', at);
    assert.notDeepEqual(targets.body?.['targets'], []);
  }
});

test('a syntax error is reported in the file that the client has opened', async (t) => {
  const root = linkedFolders('const = 1;\n');
  const program = join(root, 'link/app.js');
  const { client } = spawnAdapter(t);
  await client.ask('initialize', { adapterID: 'portals' });
  const { message } = await client.ask('launch', { program });
  assert.ok(message?.startsWith(`${program}:1:7: `), message);
});

test('each name of a file has breakpoints of its own', async (t) => {
  const root = linkedFolders();
  const app = join(root, 'real/app.js');
  const { client } = await stopAt(t, app, app, HANDLER_LINE);
  const set = async (path: string, ...lines: number[]) => {
    const { body } = await client.ask('setBreakpoints', { source: { path }, lines });
    const breakpoints = (body?.['breakpoints'] ?? []) as { verified: boolean }[];
    return breakpoints.map(({ verified }) => verified);
  };
  assert.deepEqual(await set(join(root, 'link/app.js'), HANDLER_LINE + 1), [true]);
  // The same name in another spelling replaces.
  assert.deepEqual(await set(`${root}/real/lib/../app.js`), []);
  assert.deepEqual(await set(join(root, 'link/app.js'), HANDLER_LINE), [true]);
});
