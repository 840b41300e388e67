import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Redaction } from '../../../debug-adapter/dap/redaction.ts';

function redactionOf(env: unknown): Redaction {
  const redaction = new Redaction();
  redaction.ofRequest({ command: 'launch', arguments: { env } });
  return redaction;
}

const escapeOnce = (text: string) => JSON.stringify(text).slice(1, -1);

test('requests keep the names of env, not the values', () => {
  const launch = { program: '/a.js', env: { A: 'first secret', B: '1' } };
  const hidden = { program: '/a.js', env: { A: '(redacted)', B: '(redacted)' } };
  const cases: readonly (readonly [message: object, expected: object])[] = [
    [
      { command: 'launch', arguments: launch },
      { command: 'launch', arguments: hidden },
    ],
    [
      { command: 'restart', arguments: { arguments: launch } },
      { command: 'restart', arguments: { arguments: hidden } },
    ],
    [
      { command: 'launch', arguments: { env: ['first secret'] } },
      { command: 'launch', arguments: { env: '(redacted)' } },
    ],
    [{ command: 'launch' }, { command: 'launch' }],
    [
      { command: 'restart', arguments: {} },
      { command: 'restart', arguments: {} },
    ],
    [
      { command: 'next', arguments: [] },
      { command: 'next', arguments: [] },
    ],
  ];
  for (const [message, expected] of cases) {
    assert.deepEqual(new Redaction().ofRequest(message), expected);
  }
});

test('values are hidden in texts, short values and words of JSON are not', () => {
  const cases: readonly (readonly [value: unknown, text: string, expected: string])[] = [
    ['hunter2', 'password hunter2!', 'password (redacted)!'],
    ['a.c*', 'abc a.c*', 'abc (redacted)'],
    ['say "no"', String.raw`{"x":"say \"no\""}`, '{"x":"(redacted)"}'],
    ['a\nb\tc', String.raw`'a\nb\tc'`, "'(redacted)'"],
    ['caffè', String.raw`caff\u00e8 caff\u00E8 caff\\u00e8`, '(redacted) (redacted) (redacted)'],
    ['C:\\new', String.raw`C:\new C:\\new C:\\\\new`, '(redacted) (redacted) (redacted)'],
    ['key🔑', String.raw`key🔑 key\ud83d\udd11`, '(redacted) (redacted)'],
    ['true', '{"success":true}', '{"success":true}'],
    ['abc', 'abc', 'abc'],
    [7, '7', '7'],
  ];
  for (const [value, text, expected] of cases) {
    assert.equal(redactionOf({ VALUE: value }).ofText(text), expected);
  }
});

test('of a value inside a value, nothing remains', () => {
  const redaction = redactionOf({ SHORT: 'abcd', LONG: 'abcd-efgh' });
  assert.equal(redaction.ofText('abcd-efgh abcd'), '(redacted) (redacted)');
});

test('a long value that is cut keeps fewer than 20 characters', () => {
  const value = Array.from({ length: 40 }, (_, n) => `part${n}`).join('-');
  const redaction = redactionOf({ VALUE: value });
  for (let length = 0; length <= value.length; length++) {
    const [rest = ''] = redaction.ofText(value.slice(0, length)).split('(redacted)').slice(-1);
    assert.ok(rest.length < 20, rest);
  }
});

test('values of earlier launches stay hidden', () => {
  const redaction = redactionOf({ A: 'first secret' });
  redaction.ofRequest({ command: 'launch', arguments: { env: { A: 'second secret' } } });
  assert.equal(redaction.ofText('first secret, second secret'), '(redacted), (redacted)');
});

test('any value is hidden at any level of escaping', () => {
  const unit = fc.oneof(fc.constantFrom('\\', '"', "'", '\n', 'é'), fc.string({ unit: 'binary' }));
  const secret = fc.string({ unit, minLength: 4, maxLength: 60 });
  fc.assert(
    fc.property(secret, fc.integer({ min: 0, max: 4 }), (value, levels) => {
      fc.pre(value.length >= 4 && !['true', 'false', 'null'].includes(value));
      let text = value;
      for (let level = 0; level < levels; level++) text = escapeOnce(text);
      const shown = redactionOf({ VALUE: value }).ofText(`[${text}]`);
      assert.equal(shown.replaceAll('(redacted)', ''), '[]');
    }),
    { examples: [['a'.repeat(15) + '\\'.repeat(2) + '\0'.repeat(2) + 'b'.repeat(16), 1]] },
  );
});
