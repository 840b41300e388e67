import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tokenize } from './tokenize.ts';

/** What is coloured as the model's, in order, written `text:scope` without the `.portals` end. */
async function portals(text: string, scope: 'source.js' | 'source.ts' = 'source.js') {
  const tokens = await tokenize(scope, text);
  return tokens
    .filter(([, innermost]) => innermost.endsWith('.portals'))
    .filter(([part]) => part !== '.')
    .map(([part, innermost]) => `${part}:${innermost.replace(/\.portals$/, '')}`);
}

const LINES: readonly (readonly [string, readonly string[]])[] = [
  [
    'const builder = PortalsJS.ApplicationBuilder("a");',
    ['PortalsJS:support.class', 'ApplicationBuilder:support.class.builder'],
  ],
  [
    'builder.workflowsWithName("w").source(x.stream)',
    ['workflowsWithName:support.type.element', 'source:support.function.builder'],
  ],
  [
    'builder.generators.fromArray([1]).stream',
    ['generators:support.type.element', 'fromArray:support.function.generator'],
  ],
  [
    'builder.portal.portal("p")',
    ['portal:support.type.element', 'portal:support.function.builder'],
  ],
  [
    '.asker(portal, (ctx) => (x) => {',
    ['asker:support.type.task', 'ctx:variable.language.context'],
  ],
  [
    'const f = ctx.ask(portal, x); ctx.await(f, (ctx) => ctx.emit(f.value(ctx)))',
    [
      'ctx:variable.language.context',
      'ask:keyword.control.flow',
      'ctx:variable.language.context',
      'await:keyword.control.flow',
      'ctx:variable.language.context',
      'ctx:variable.language.context',
      'emit:support.function.emit',
      'ctx:variable.language.context',
    ],
  ],
  ['flow.map((ctx) => (x) => x)', ['map:support.type.task', 'ctx:variable.language.context']],
  [
    `log(\`sum \${ctx.state.get("sum")}\`)`,
    ['ctx:variable.language.context', 'state:support.variable.property'],
  ],
  // Ordinary code keeps its colours.
  ['[1, 2].map((x) => x).flatMap(f).filter(g)', []],
  ['const asker = { replier: 1, splits: [] }; obj.workflows.length', []],
  ['"ctx.ask(PortalsJS)" // ctx.ask(PortalsJS)', []],
  ['`ctx.ask and PortalsJS`', []],
  ['/ctx.ask/.test(s)', []],
];

for (const [line, expected] of LINES) {
  for (const scope of ['source.js', 'source.ts'] as const) {
    test(`${scope}: ${line}`, async () => assert.deepEqual(await portals(line, scope), expected));
  }
}

test('the injection disturbs no other token of the examples', async () => {
  const examples = readdirSync('examples').filter((name) => /\.[jt]s$/.test(name));
  assert.ok(examples.length > 0);
  for (const name of examples) {
    const text = readFileSync(`examples/${name}`, 'utf8');
    const tokens = await tokenize(name.endsWith('.ts') ? 'source.ts' : 'source.js', text);
    assert.equal(tokens.map(([part]) => part).join(''), text.replaceAll('\n', ''), name);
    const last = tokens.filter(([part]) => part.trim() !== '').at(-1);
    assert.match(last?.[1] ?? '', /punctuation\.terminator\.statement/, `${name} ends in code`);
  }
});

test('every snippet has a prefix that says where it comes from', () => {
  const snippets = JSON.parse(readFileSync('snippets/portals.json', 'utf8')) as Record<
    string,
    { prefix: string[]; description: string; body: string[] }
  >;
  for (const [name, { prefix, description, body }] of Object.entries(snippets)) {
    assert.match(prefix[0] ?? '', /^portals-/, name);
    assert.ok(description.length > 0 && body.length > 0, name);
  }
});
