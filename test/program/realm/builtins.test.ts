import assert from 'node:assert/strict';
import { test } from 'node:test';
import { path, type RuntimeOptions } from '../../../runtime/index.ts';
import { runCode } from './run-code.ts';

/** A program that uses keys, state, portals, continuations and the console. */
const PROGRAM = `
const portal = app.portal('sums', (request) => request.parity);
app.workflowsWithName('replier').source(app.generatorsWithName('none').empty().stream)
  .replier(portal, () => () => {}, (ctx) => (request) => {
    const sum = PortalsJS.PerKeyState('sum', { total: 0, last: [] }, ctx);
    const next = { total: sum.get().total + request.of, last: [request.of] };
    sum.set(next);
    ctx.reply(next);
  }).sink().freeze();
app.workflowsWithName('asker')
  .source(app.generatorsWithName('g').fromArrayOfArrays([[1, 2], [3, 4], [5, 6]]).stream)
  .key((x) => ({ parity: x % 2 }))
  .map(() => (x) => ({ x, text: 'x' + x }))
  .asker(portal, (ctx) => ({ x, text }) => {
    const future = ctx.ask(portal, { parity: x % 2, of: x });
    ctx.await(future, (ctx) => {
      const reply = future.value(ctx);
      console.log(text, reply);
      ctx.emit({ x, text, reply });
    });
  })
  .logger().sink().freeze();
`;

const FAULTS: Partial<RuntimeOptions> = {
  faults: [
    {
      kind: 'crash',
      target: path('', 'app', 'workflows', 'asker'),
      point: 'process',
      occurrence: 2,
    },
  ],
};

/** The prototypes and constructors of the language, as expressions. */
function holders(): string[] {
  const { evaluated } = evaluate(`
    const found = [];
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      const value = globalThis[name];
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
      if (!/^[A-Z]/.test(name) || name === 'PortalsJS' || name === 'WebAssembly') continue;
      found.push(name);
      if (typeof value === 'function' && value.prototype) found.push(name + '.prototype');
    }
    return found;
  `);
  const hidden = [
    'Object.getPrototypeOf(Int8Array)',
    'Object.getPrototypeOf(Int8Array.prototype)',
    'Object.getPrototypeOf([].values())',
    'Object.getPrototypeOf(new Map().values())',
    'Object.getPrototypeOf(new Set().values())',
    'Object.getPrototypeOf(""[Symbol.iterator]())',
    'Object.getPrototypeOf(Object.getPrototypeOf([].values()))',
    'Object.getPrototypeOf(function* () {})',
    'Object.getPrototypeOf(function* () {}).prototype',
    'Object.getPrototypeOf(async () => {})',
  ];
  return [...(evaluated as string[]), ...hidden];
}

function evaluate(body: string): { evaluated: unknown } {
  const { program } = runCode(`globalThis.result = (() => { ${body} })();`);
  return { evaluated: [...(program.global as { result: unknown[] }).result] };
}

const methods = holders().flatMap((holder) => {
  const { evaluated } = evaluate(`return Reflect.ownKeys(${holder})
    .filter((key) => {
      const { value, get } = Reflect.getOwnPropertyDescriptor(${holder}, key);
      return typeof (get?.originalValue ?? value) === 'function';
    })
    .map((key) => typeof key === 'symbol' ? key.description : JSON.stringify(key));`);
  return (evaluated as string[]).map((key) => ({ holder, key }));
});

for (const how of ['assigned', 'defined'] as const) {
  test(`no built-in that is ${how} to throw changes the run, unless it is refused`, () => {
    const usual = runCode(PROGRAM, FAULTS);
    assert.equal(usual.failed, undefined);
    const wrong: string[] = [];
    let refused = 0;
    for (const { holder, key } of methods) {
      const { printed, hash, failed } = runCode(override(holder, key, how) + PROGRAM, FAULTS);
      const shown = printed[0]?.startsWith('refused') ? printed.slice(1) : printed;
      if (shown !== printed || failed?.startsWith('PORTALS_BUILTIN_OVERRIDDEN')) refused += 1;
      else if (failed !== undefined) wrong.push(`${holder} ${key}: ${failed}`);
      if (failed !== undefined) continue;
      // The program's own calls may throw; what it did not do itself is the same.
      if (hash !== usual.hash || shown.join('\n') !== usual.printed.join('\n')) {
        wrong.push(`${holder} ${key}: ${shown.slice(0, 2).join(' ')}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(refused > 100, `${refused} of ${methods.length} are refused`);
  });
}

function override(holder: string, key: string, how: 'assigned' | 'defined'): string {
  const change =
    how === 'assigned'
      ? 'holder[key] = broken;'
      : 'Object.defineProperty(holder, key, { value: broken });';
  return `{
    const holder = ${holder};
    const key = ${key};
    const broken = function () { throw new Error('overridden'); };
    let refusal;
    try { ${change} } catch (error) { refusal = error; }
    if (refusal) console.log('refused', refusal.code ?? refusal.name);
  }
`;
}

/** Runs statements, and a workflow after them, so that the built-ins are compared. */
const printedBy = (code: string) => {
  const { printed, failed } = runCode(`${code}
    app.workflowsWithName('w').source(app.generatorsWithName('g').fromArray([1]).stream)
      .map(() => (x) => x).sink().freeze();`);
  return failed ?? printed.join('\n');
};

test('methods that are missing can be added', () => {
  const code = `Array.prototype.last = function () { return this[this.length - 1]; };
    Object.defineProperty(Map.prototype, 'first', { get() { return [...this.keys()][0]; } });
    Math.twice = (x) => 2 * x; Array.wrap = (x) => [x];
    console.log([1, 2].last(), new Map([[3, 4]]).first, Math.twice(4), Array.wrap(1));`;
  assert.equal(printedBy(code), '2 3 8 [1]');
});

test('functions of constructors and namespaces can be replaced for the program', () => {
  const code = `Math.random = () => 0.5; Date.now = () => 7; JSON.stringify = () => 'text';
    Map = class Own {}; console.log(Math.random(), Date.now(), JSON.stringify({}), Map.name);`;
  assert.equal(printedBy(code), '0.5 7 text Own');
});

test('objects of the program can have properties with the names of built-ins', () => {
  const code = `
    'use strict';
    function List() {}
    List.prototype = Object.create(Array.prototype);
    List.prototype.constructor = List;
    List.prototype.push = function () { return 'own push'; };
    class Table extends Map { get() { return super.get('other'); } }
    class Failure extends Error { constructor() { super('x'); this.name = 'Failure'; } }
    const list = [];
    list.push = () => 'push of one';
    const plain = {};
    plain.toString = () => 'text';
    plain.constructor = 5;
    const attributes = Object.getOwnPropertyDescriptor(plain, 'toString');
    class Counting { }
    Counting.prototype.hasOwnProperty = () => 'mine';
    console.log(new List().push(), new Table([['other', 1]]).get('x'), new Failure().name,
      list.push(), String(plain), plain.constructor, new Counting().hasOwnProperty(),
      attributes.writable, attributes.enumerable, attributes.configurable, [].push.name);`;
  const expected = 'own push 1 Failure push of one text 5 mine true true true push';
  assert.equal(printedBy(code), expected);
});

for (const [code, name] of [
  [
    'Array.prototype[Symbol.iterator] = function* () {};',
    'Array.prototype.Symbol(Symbol.iterator)',
  ],
  ['Object.prototype.toJSON = () => 1;', 'Object.prototype.toJSON'],
  ['Array.prototype.toJSON = () => 1;', 'Array.prototype.toJSON'],
  ['Object.prototype.get = () => 1;', 'Object.prototype.get'],
  ['RegExp.prototype.exec = () => null;', 'RegExp.prototype.exec'],
  ['Array.prototype.push = () => 0;', 'Array.prototype.push'],
  ['Object.defineProperties(Map.prototype, { get: { value: 1 } });', 'a method of Map.prototype'],
] as const) {
  test(`refused: ${code}`, () => {
    const refusal = `PORTALS_BUILTIN_OVERRIDDEN ${name} is a built-in`;
    assert.equal(printedBy(code).slice(0, refusal.length), refusal);
    const { printed, failed } = runCode(`
      app.workflowsWithName('w').source(app.generatorsWithName('g').fromArray([1, 2, 3]).stream)
        .map(() => (x) => { if (x === 2) { ${code} } return x; }).logger().sink().freeze();`);
    assert.ok(
      [...printed, failed].some((text) => text?.startsWith(refusal)),
      'in a handler',
    );
  });
}

test('the comparison of attempts still sees what it should', () => {
  const { printed } = runCode(
    `for (const [prototype, key] of [[Array.prototype, 'push'], [Map.prototype, 'get'],
      [Function.prototype, 'toString'], [JSON, 'stringify'], [Object, 'keys']]) {
      try { prototype[key] = () => { throw new Error('overridden'); }; } catch {}
    }
    let attempts = 0;
    app.workflowsWithName('asker').source(app.generatorsWithName('g').fromArray([1, 2, 3]).stream)
      .map(() => (x) => x + 10 * attempts++).sink().freeze();`,
    FAULTS,
  );
  assert.match(printed.join('\n'), /diverged PORTALS_STATE_OUTSIDE_MODEL/);
});
