import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Outcome, runCode } from './run-code.ts';

/** Where a program keeps what it has been given, for the walk afterwards. */
const KEPT = 'globalThis.kept = [];\n';

/** Paths from the realm's global object to objects of the host's realm, the shortest first. */
function leaks({ program }: Outcome): string[] {
  const found: string[] = [];
  // What a few properties of `arguments` are depends on the realm of the reader.
  const { Reflect: realm } = program.global as typeof globalThis;
  const seen = new Set<object>([program.global]);
  const queue: (readonly [path: string, object: object])[] = [['globalThis', program.global]];
  for (const [path, object] of queue) {
    if (isOfHost(object)) {
      found.push(path);
      continue;
    }
    for (const [name, next] of edges(object, realm)) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([`${path}.${name}`, next]);
    }
  }
  assert.ok(queue.length > 1000, 'the walk has gone far');
  return found;
}

const HOST: ReadonlySet<unknown> = new Set([
  Object.prototype,
  Function.prototype,
  Array.prototype,
  Error.prototype,
  Promise.prototype,
  Map.prototype,
  Set.prototype,
  Object.getPrototypeOf(Int8Array.prototype),
  Object.getPrototypeOf(Object.getPrototypeOf([].values())),
]);

function isOfHost(object: object): boolean {
  return HOST.has(object) || HOST.has(Reflect.getPrototypeOf(object));
}

/** What can be reached from `object` without calling anything but its getters. */
function* edges(object: object, realm: typeof Reflect): Generator<readonly [string, object]> {
  const prototype = realm.getPrototypeOf(object);
  if (prototype !== null) yield ['__proto__', prototype];
  for (const key of realm.ownKeys(object)) {
    const { value, get, set } = realm.getOwnPropertyDescriptor(object, key) ?? {};
    for (const next of [value, get, set] as const) {
      const isObject = typeof next === 'object' && next !== null;
      if (isObject || typeof next === 'function') yield [String(key), next as object];
    }
  }
}

test('the realm leads to nothing of the host', () => {
  assert.deepEqual(leaks(runCode(KEPT)), []);
});

test('what handlers are given is of the realm', () => {
  const outcome = runCode(`${KEPT}
    const keep = (...values) => kept.push(...values);
    const all = (object) => {
      for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
        for (const key of Reflect.ownKeys(at)) {
          try { keep(object[key]); } catch (error) { keep(error); }
        }
      }
    };
    keep(app, app.registry, app.generators, app.workflows, PortalsJS.System());
    all(app); all(app.registry); all(app.generators);
    const portal = app.portal('p', (request) => { keep(request); return request.key; });
    app.workflowsWithName('replier').source(app.generatorsWithName('none').empty().stream)
      .replier(portal, () => () => {}, function (ctx) {
        keep(this, arguments, arguments.callee && arguments.callee.caller, ctx); all(ctx);
        return (request) => { keep(request); ctx.reply({ list: [request] }); };
      }).sink().freeze();
    const generated = app.generatorsWithName('g').fromIterator({ next() {
      keep(this, arguments); this.n = (this.n ?? 0) + 1; return { done: this.n > 3, value: { n: this.n } };
    } });
    app.workflowsWithName('w').source(generated.stream)
      .key(function (x) { keep(this, arguments, x); return { k: x.n }; })
      .init(function (ctx) {
        keep(this, arguments); all(ctx);
        const state = PortalsJS.PerKeyState('s', new Map(), ctx);
        keep(state); all(state);
        return PortalsJS.ApplicationBuilder === undefined ? null : app.tasks.map((ctx) => (x) => {
          keep(ctx, x, state.get()); all(ctx);
          state.set(new Map([[x, [x]]]));
          console.log(x); ctx.log.info(x);
          keep(ctx.log, ctx.state, ctx.key);
          return { ...x, list: [x] };
        });
      })
      .asker(portal, (ctx) => (x) => {
        keep(ctx); all(ctx);
        const future = ctx.ask(portal, { key: x.n, x });
        keep(future); all(future);
        ctx.await(future, function (ctx) {
          keep(this, arguments, ctx, future.value(ctx)); all(ctx); all(future); ctx.emit(future.value(ctx));
        });
      })
      .withOnError((ctx) => (error) => { keep(error); })
      .withOnComplete(function (ctx) { keep(this, arguments); all(ctx); })
      .withOnAtomComplete(function (ctx) { keep(this, arguments); all(ctx); })
      .sink().freeze();
  `);
  assert.equal(outcome.failed, undefined);
  assert.deepEqual(leaks(outcome), []);
});

/** Statements that throw, at the top of a program and in a handler; what they throw is kept. */
const THROWING = [
  'app.workflows.source(1)',
  "app.registry.streams.get('/nowhere')",
  'PortalsJS.PerKeyState("a", 0, {})',
  'PortalsJS.System().launch(5)',
  'PortalsJS.System().stepUntilComplete(); PortalsJS.System().step(); fetch("x")',
  'structuredClone(() => {})',
  'eval("import(")',
  'eval("1 +")',
  'new Function("import(")',
  'JSON.parse("{")',
  'new Array(-1)',
  '(0).toFixed(101)',
  '"x".repeat(2 ** 30)',
  'decodeURIComponent("%")',
  'new Intl.NumberFormat("nowhere-at-all-x")',
  'null.x',
  'new Proxy({}, { get() { throw new TypeError("trap"); } }).x',
  '(function again() { again(); })()',
  '(function again() { console.log("x"); again(); })()',
  '(function again() { eval("import(1).catch(() => 0)"); again(); })()',
  '(function again() { new Error("x").stack; again(); })()',
  '(function again() { structuredClone({}); again(); })()',
  '(function again() { new Date().toLocaleString(); again(); })()',
  '(function again() { try { again(); } catch (e) { kept.push(e); console.log("x"); throw e; } })()',
  '(function again() { try { again(); } catch (e) { kept.push(e); eval("import(1).catch(() => 0)"); throw e; } })()',
];

for (const statement of THROWING) {
  test(`what is thrown is of the realm: ${statement}`, () => {
    const attempt = `try { ${statement}; } catch (error) { kept.push(error); }`;
    const outside = runCode(`${KEPT}${attempt}`);
    assert.deepEqual(leaks(outside), [], 'at the top');
    const inside = runCode(`${KEPT}
      app.workflowsWithName('w').source(app.generatorsWithName('g').fromArray([1]).stream)
        .map((ctx) => (x) => {
          ${attempt}
          try { (function again() { ctx.log.info(x); ctx.emit(x); again(); })() } catch (e) { kept.push(e); }
          return x;
        }).sink().freeze();`);
    assert.deepEqual(leaks(inside), [], 'in a handler');
  });
}

test("a function that formats stacks is given frames of the realm, and the program's only", () => {
  const outcome = runCode(`${KEPT}
    Error.prepareStackTrace = function (error, frames) {
      kept.push(this, error, frames, arguments, ...frames.flatMap((frame) => [
        frame.getThis(), frame.getFunction(), frame.getFileName, Object.getPrototypeOf(frame),
      ]));
      return frames.map((frame) => frame.getFileName());
    };
    console.log(new Error('x').stack);
    throw new Error('read by the host');
  `);
  assert.deepEqual(leaks(outcome), []);
  assert.deepEqual(outcome.printed, ["['portals-program.js']"]);
});

test('what the host reads of a thrown value calls no function of the program with its objects', () => {
  const outcome = runCode(`${KEPT}
    const recording = (name) => new Proxy(function () {}, {
      apply(target, self, list) { kept.push(self, list); return name; },
      get(target, key, receiver) { kept.push(receiver); return Reflect.get(target, key); },
    });
    const thrown = {};
    for (const key of ['stack', 'message', 'name', 'code', 'site', 'first', 'errors', 'cause']) {
      Object.defineProperty(thrown, key, { get: recording(key) });
    }
    throw new Proxy(thrown, new Proxy({}, {
      get: (_, trap) => (...list) => { kept.push(list, ...list); return Reflect[trap](...list); },
    }));
  `);
  assert.notEqual(outcome.failed, undefined);
  assert.deepEqual(leaks(outcome), []);
});
