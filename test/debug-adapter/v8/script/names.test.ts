import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordedSession } from '../../../clients/recorded-session.ts';
import { writeFiles } from '../../../program-files.ts';

const FILES = {
  'app.ts': `import other, { name as theirs, peek as look, greet as hello } from './other.js';
import * as ns from './other.js';
import unread from './unread.js';
import double from './double.cjs';
import data from './data.json';
import { again } from './again.js';
import { System } from 'portals';
let name: string = 'app';
const uncaptured = 7;
function peek(theName: string) {
  return [theName, name, theirs, look(), hello(other), ns.late(), double(2), data, again, () => unread];
}
class Point {
  static make() {
    return Point;
  }
}
const builder = PortalsJS.ApplicationBuilder('app');
builder.workflows
  .source(builder.generators.fromArray([1]).stream)
  .map((ctx) => (x) => {
    const local = x + 1;
    const greet = Point.make();
    return [peek('mine'), local, greet];
  })
  .sink()
  .freeze();
export default builder.build();
export { System };
`,
  'other.js': `export const name = 'other';
export const late = () => name;
export function peek() {
  return name;
}
export const greet = (x) => 'hi ' + x;
class Point {}
export default 'default of other';
`,
  'unread.js': `export default { unread: true };\n`,
  'double.cjs': `module.exports = (x) => x * 2;\n`,
  'again.js': `export { name as again } from './other.js';\n`,
  'data.json': `{ "a": [1] }\n`,
};

async function launched(
  t: Parameters<typeof RecordedSession.start>[0],
  file: string,
  line: number,
) {
  const directory = writeFiles(FILES);
  const session = await RecordedSession.start(t);
  await session.launch({ program: `${directory}/app.ts`, stopOnEntry: true });
  await session.stopped();
  await session.setBreakpoints([{ line }], `${directory}/${file}`);
  await session.go('continue');
  return { session, directory };
}

/** Expressions with their values in peek() of app.ts, and in peek() of other.js. */
const VALUES: Readonly<Record<string, readonly [string, string][]>> = {
  'app.ts:11': [
    ['name', "'app'"],
    ['theName', "'mine'"],
    ['theirs', "'other'"],
    ['[name, theirs].join(``)', "'appother'"],
    ['{ name, theirs }', "{name: 'app', theirs: 'other'}"],
    ['((name) => name + theirs)(1)', "'1other'"],
    ['look()', "'other'"],
    ['hello(name)', "'hi app'"],
    ['other', "'default of other'"],
    ['ns.name', "'other'"],
    ['((name) => ns.late())(1)', "'other'"],
    ['ns.default', "'default of other'"],
    ['unread.unread', 'true'],
    ['double(21)', '42'],
    ['data.a', '[1]'],
    ['again', "'other'"],
    ['uncaptured', '7'],
    ['Point.make() === Point', 'true'],
    ['typeof PortalsJS.System', "'function'"],
    ['typeof System', "'function'"],
    ['greet', '<ReferenceError: greet is not defined>'],
    ['late', '<ReferenceError: late is not defined>'],
    ['theirs = 1', "<'theirs' is imported, and imports cannot be assigned to>"],
  ],
  'app.ts:24': [
    ['local', '2'],
    ['hello(name)', "'hi app'"],
    ['ns.greet(1)', "'hi 1'"],
    ['greet === Point', 'true'],
  ],
  'other.js:4': [
    ['name', "'other'"],
    ['late()', "'other'"],
    ['Point.name', "'Point'"],
    ['theirs', '<ReferenceError: theirs is not defined>'],
    ['uncaptured', '<ReferenceError: uncaptured is not defined>'],
  ],
};

for (const [place, values] of Object.entries(VALUES)) {
  test(`expressions mean what they say at ${place}`, async (t) => {
    const [file = '', line] = place.split(':');
    const { session } = await launched(t, file, Number(line));
    const found: [string, string][] = [];
    for (const [expression] of values) {
      found.push([expression, await session.evaluate(expression, 'repl')]);
    }
    assert.deepEqual(found, values);
  });
}

test('hovers read top-level names of the own file', async (t) => {
  const { session } = await launched(t, 'app.ts', 11);
  for (const [name, value] of [
    ['name', "'app'"],
    ['theirs', "'other'"],
    ['uncaptured', '7'],
  ] as const) {
    assert.equal(await session.evaluate(name, 'hover'), value);
    assert.equal(await session.evaluate(name, 'watch'), value);
  }
});

test('frames, variables and completions show the names of the own file', async (t) => {
  const { session } = await launched(t, 'app.ts', 11);
  const frames = await session.frames(session.threadId);
  assert.equal(frames[0]?.name, 'peek');
  const frameId = frames[0]?.id ?? 0;
  const { body } = await session.client.scopesRequest({ frameId });
  const module = body.scopes.find((scope) => scope.name === 'Module');
  const variablesReference = module?.variablesReference ?? 0;
  const { variables } = (await session.client.variablesRequest({ variablesReference })).body;
  const shown = new Map(variables.map(({ name, value }) => [name, value]));
  assert.equal(shown.get('name'), "'app'");
  assert.equal(shown.get('theirs'), "'other'");
  assert.equal(shown.get('uncaptured'), '7');
  for (const { name } of variables) {
    assert.doesNotMatch(name, /\d$|_|\$/);
    if (name !== 'ns' && name !== 'double') await session.evaluate(name);
  }
  const { targets } = (await session.client.completionsRequest({ frameId, text: 'the', column: 4 }))
    .body;
  assert.deepEqual(targets.map(({ label }) => label).sort(), ['theName', 'theirs']);
  await session.client.setVariableRequest({ variablesReference, name: 'name', value: 'theirs' });
  assert.equal(await session.evaluate('name + ns.name'), "'otherother'");
  for (const [name, why] of [
    ['uncaptured', /it is a constant/],
    ['theirs', /imports cannot be assigned to/],
  ] as const) {
    const set = session.client.setVariableRequest({ variablesReference, name, value: '1' });
    await assert.rejects(set, why);
  }
});

test('conditions and log points use the names of their file', async (t) => {
  const directory = writeFiles(FILES);
  const session = await RecordedSession.start(t);
  await session.launch({ program: `${directory}/app.ts`, stopOnEntry: true });
  await session.stopped();
  await session.setBreakpoints(
    [{ line: 24, logMessage: `{name} {theirs} {hello(name)} {\`}\${local}\`} {"}"} \\{x\\}` }],
    `${directory}/app.ts`,
  );
  await session.setBreakpoints(
    [{ line: 4, condition: "name === 'other'" }],
    `${directory}/other.js`,
  );
  await session.go('continue');
  assert.equal(await session.evaluate('name'), "'other'");
  assert.match(session.text, /app other hi app \}2 \} \{x\}/);
});
