import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GLOBAL_RULES } from '../../../runtime/index.ts';
import { surroundings } from './realm.ts';

const UTF8 = '97,195,169,226,130,172,240,159,152,128,239,191,189';
const NOT_CLONED = 'DataCloneError: a function could not be cloned';

/** Expressions and the text of their value in a fresh realm of seed 0, on any machine. */
const EXPRESSIONS: readonly (readonly [string, string])[] = [
  // Date: the present is virtual, and advances at each reading.
  ['[Date.now(), Date.now(), +new Date()]', '1704067200001,1704067200002,1704067200003'],
  ['Date()', 'Mon Jan 01 2024 00:00:00 GMT+0000 (Coordinated Universal Time)'],
  ['new Date().toISOString()', '2024-01-01T00:00:00.001Z'],
  ['{ let n = 0; const s = Date.now(); while (Date.now() < s + 50) n++; n }', '49'],
  // Date: local time is UTC.
  ['new Date(2020, 0, 2, 3, 4, 5, 6).toISOString()', '2020-01-02T03:04:05.006Z'],
  ['new Date(99, 0).getFullYear()', '1999'],
  ['new Date("2020-06-01T10:00").toISOString()', '2020-06-01T10:00:00.000Z'],
  ['new Date("2020-06-01T10:00+02:00").toISOString()', '2020-06-01T08:00:00.000Z'],
  ['new Date("2020-06-01").toISOString()', '2020-06-01T00:00:00.000Z'],
  ['new Date("June 1, 2020 10:00").toISOString()', '2020-06-01T10:00:00.000Z'],
  ['new Date("June 1, 2020 10:00 EST").toISOString()', '2020-06-01T15:00:00.000Z'],
  ['new Date("nonsense").getTime()', 'NaN'],
  ['new Date(NaN).toString()', 'Invalid Date'],
  ['new Date(new Date(5)).getTime()', '5'],
  ['new Date({ valueOf: () => 7 }).getTime()', '7'],
  ['new Date(null).getTime()', '0'],
  ['new Date(0).getHours()', '0'],
  ['new Date(0).getTimezoneOffset()', '0'],
  ['new Date(0).toDateString()', 'Thu Jan 01 1970'],
  ['{ const d = new Date(0); d.setHours(5); d.toISOString() }', '1970-01-01T05:00:00.000Z'],
  ['new Date(0).toLocaleString()', '1/1/1970, 12:00:00 AM'],
  ['new Date(0).toLocaleDateString("de-DE")', '1.1.1970'],
  ['String(new Date(0) + 1)', 'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)1'],
  ['new Date(0) instanceof Date && new Date(0).constructor === Date', 'true'],
  ['class Day extends Date { next() { return 1 } }; new Day(0).next() + new Day(3).getTime()', '4'],
  ['Date.length + Date.name', '7Date'],
  // Randomness comes from the seed.
  ['Math.random()', '0.6538105020141233'],
  ['crypto.randomUUID().length', '36'],
  ['crypto.getRandomValues(new Uint8Array(4)).length', '4'],
  // Locale and time zone are those of no machine.
  ['(1234567.5).toLocaleString()', '1,234,567.5'],
  ['(10n ** 6n).toLocaleString()', '1,000,000'],
  ['new Intl.NumberFormat().resolvedOptions().locale', 'en-US'],
  ['Intl.DateTimeFormat().resolvedOptions().timeZone', 'UTC'],
  ['new Intl.DateTimeFormat("de").format()', '1.1.2024'],
  ['new Intl.DateTimeFormat("en", { timeZone: "Asia/Tokyo", hour: "numeric" }).format(0)', '9 AM'],
  ['["b", "a", "B"].sort((a, b) => a.localeCompare(b)).join()', 'a,b,B'],
  ['new Intl.Collator() instanceof Intl.Collator', 'true'],
  // Collection of garbage cannot be observed.
  ['new WeakRef({ kept: 1 }).deref().kept', '1'],
  ['new FinalizationRegistry(() => {}).register({}, 1)', 'undefined'],
  // What packages look for.
  ['process.env.NAME', 'value'],
  ['process.argv.length', '0'],
  ['process.hrtime.bigint()', '1000000'],
  ['performance.now()', '1'],
  // What only computes.
  ['[btoa(""), btoa("a"), btoa("ab"), btoa("abc"), btoa("\\xff")].join()', ',YQ==,YWI=,YWJj,/w=='],
  [
    '[atob("YQ=="), atob("YWI"), atob(" YW Jj"), atob("/w==").charCodeAt(0)].join()',
    'a,ab,abc,255',
  ],
  ['String(new TextEncoder().encode("aé€😀\\ud800"))', UTF8],
  [`new TextDecoder().decode(new Uint8Array([${UTF8}]))`, 'aé€😀\ufffd'],
  ['new TextDecoder("utf8").decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))', 'a'],
  [
    'JSON.stringify(new TextDecoder().decode(new Uint8Array([0xe2, 0x82, 0x41, 0xc0, 0xed, 0xa0])))',
    '"\ufffdA\ufffd\ufffd\ufffd"',
  ],
  [
    'JSON.stringify(new TextEncoder().encodeInto("é€", new Uint8Array(4)))',
    '{"read":1,"written":2}',
  ],
  [
    `{
      const from = { d: new Date(5), m: new Map([[{}, new Set([1])]]), a: [1, , 3], u: undefined };
      from.self = from;
      const to = structuredClone(from);
      [to !== from, to.self === to, to.d.getTime(), to.d !== from.d, to.m.size, 1 in to.a, 'u' in to,
        to instanceof Object];
    }`,
    'true,true,5,true,1,false,true,true',
  ],
  [
    `{
      class Point { x = 1 }
      const error = structuredClone(new RangeError('far', { cause: [1] }));
      [structuredClone(new Point()).constructor === Object, error instanceof RangeError,
        error.message, error.cause, structuredClone(new Uint8Array([7]))[0], structuredClone(1n)];
    }`,
    'true,true,far,1,7,1',
  ],
  ['{ try { structuredClone([() => 1]) } catch (error) { String(error) } }', NOT_CLONED],
];

for (const [expression, expected] of EXPRESSIONS) {
  test(expression, async () => {
    assert.equal(String((await surroundings()).evaluate(expression)), expected);
  });
}

test('every refused global says so, and what to do', async () => {
  const { evaluate } = await surroundings();
  for (const { names, treatment } of GLOBAL_RULES) {
    if (treatment.kind !== 'refused') continue;
    for (const name of names) {
      const expected = {
        code: 'PORTALS_REFUSED_GLOBAL',
        message: new RegExp(`^${name} is refused`),
      };
      assert.throws(() => evaluate(`${name}(1)`), expected);
      assert.throws(() => evaluate(`new ${name}(1)`), expected);
    }
  }
  assert.throws(() => evaluate('process.exit(1)'), /process\.exit is refused.*ends when nothing/);
  assert.throws(() => evaluate('crypto.subtle'), /crypto\.subtle is refused/);
});

test('what the rules call absent is not there', async () => {
  const { evaluate } = await surroundings();
  for (const { names, treatment } of GLOBAL_RULES) {
    if (treatment.kind !== 'absent') continue;
    for (const name of names) assert.equal(evaluate(`typeof ${name}`), 'undefined', name);
  }
});

test('the realm has no global that is neither of the language nor in the rules', async () => {
  const { evaluate } = await surroundings();
  const named = new Set(GLOBAL_RULES.flatMap((rule) => rule.names));
  const globals = evaluate('Object.getOwnPropertyNames(globalThis)') as string[];
  const language = Object.getOwnPropertyNames(globalThis).filter(
    (name) => !['navigator', 'global', 'gc'].includes(name),
  );
  const unknown = globals.filter((name) => !named.has(name) && !language.includes(name));
  assert.deepEqual([...unknown], ['PortalsRuntime']);
});

test('draws and times are the same for one seed, and restored with the state', async () => {
  const expression = '[Math.random(), Date.now(), crypto.randomUUID()].join()';
  const [one, same, other] = await Promise.all([surroundings(1), surroundings(1), surroundings(2)]);
  const first = one.evaluate(expression);
  assert.equal(same.evaluate(expression), first);
  assert.notEqual(other.evaluate(expression), first);

  const state = one.environment.save();
  assert.equal(one.environment.save(), state, 'no draw, no new state');
  const second = one.evaluate(expression);
  assert.notEqual(second, first);
  one.environment.restore(structuredClone(state));
  assert.equal(one.evaluate(expression), second);
});
