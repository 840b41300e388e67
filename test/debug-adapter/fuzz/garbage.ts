import type { Random } from '../../../runtime/determinism/random.ts';

/** Stands for a number that JSON can write and no double can hold; see {@link asJson}. */
const TOO_LARGE = '@too-large';
/** Stands for lists in lists, deeper than a recursive reader gets. */
const DEEP = '@deep';
const DEPTH = 5_000;

const NUMBERS = [
  -1,
  0,
  1,
  2,
  1.5,
  -0.1,
  1e9,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  5e-324,
  TOO_LARGE,
];
const TEXTS = [
  '',
  ' ',
  'text',
  '0',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  '🙂',
];
const OTHERS = [null, true, false, [], {}, [[[]]], DEEP];

/** A member of this name is one like any other to JSON, and would be none in a literal. */
const PROTO: unknown = JSON.parse('{"__proto__": {"polluted": true}, "hasOwnProperty": 1}');

/** A value that no request is waiting for. */
export function garbage(random: Random): unknown {
  switch (random.below(8)) {
    case 0:
    case 1:
      return pick(random, NUMBERS);
    case 2:
    case 3:
      return pick(random, TEXTS);
    case 4:
      return pick(random, OTHERS);
    case 5:
      return PROTO;
    case 6:
      return Array.from({ length: random.below(4) }, () => garbage(random));
    default:
      return random.below(20) === 0 ? 'x'.repeat(300_000) : { [pick(random, TEXTS)]: 1 };
  }
}

/** Bytes that are no message, after which the next message is one again. */
export const BROKEN_FRAMES: readonly string[] = [
  'Content-Length: 3\r\n\r\n{,}',
  'Content-Length: 4\r\n\r\nnull',
  'Content-Length: 2\r\n\r\n[]',
  'Content-Length: 0\r\n\r\n',
  'Content-Length: -5\r\n\r\n',
  'Content-Length: many\r\n\r\n',
  'Content-Type: nonsense\r\n\r\n',
  '\r\n\r\n',
  '\0\u00ff\r\n\r\n',
  'Content-Length: 7\r\nContent-Length: 2\r\n\r\n{}',
  'Content-Length: 22\r\n\r\n{"type":"response"}   ',
  'Content-Length: 19\r\n\r\n{"type":"telegram"}',
];

/** The text of a message, with what `JSON.stringify` cannot write. */
export function asJson(message: unknown): string {
  return JSON.stringify(message)
    .replaceAll(`"${TOO_LARGE}"`, '1e999')
    .replaceAll(`"${DEEP}"`, '['.repeat(DEPTH) + ']'.repeat(DEPTH));
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
