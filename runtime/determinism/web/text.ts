import { define, type Realm } from '../realm.ts';
import { refusal } from '../refusal.ts';

/** `TextEncoder` and `TextDecoder` of the Encoding standard, for UTF-8. */
export function utf8(realm: Realm): void {
  define(realm, 'TextEncoder', TextEncoder);
  define(realm, 'TextDecoder', TextDecoder);
}

const REPLACEMENT = 0xfffd;
const BYTE_ORDER_MARK = 0xfeff;

class TextEncoder {
  get encoding(): string {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array {
    return Uint8Array.from([...String(text)].flatMap(bytesOf));
  }

  encodeInto(text: unknown, target: Uint8Array): { read: number; written: number } {
    const done = { read: 0, written: 0 };
    for (const character of String(text)) {
      const bytes = bytesOf(character);
      if (done.written + bytes.length > target.length) break;
      target.set(bytes, done.written);
      done.written += bytes.length;
      done.read += character.length;
    }
    return done;
  }
}

class TextDecoder {
  readonly encoding = 'utf-8';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label: unknown = 'utf-8', options: { fatal?: unknown; ignoreBOM?: unknown } = {}) {
    if (!/^\s*(?:unicode-1-1-)?utf-?8\s*$/i.test(String(label))) {
      throw new RangeError(`the encoding '${String(label)}' is not supported; use utf-8`);
    }
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
  }

  decode(source: ArrayBuffer | ArrayBufferView = new Uint8Array(), options = { stream: false }) {
    if (options.stream) throw refusal('TextDecoder', 'decode the bytes in one piece.');
    const bytes = ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source);
    let text = '';
    for (let at = 0; at < bytes.length; ) {
      const { code, length } = readCodePoint(bytes, at);
      if (code === undefined && this.fatal) throw new TypeError('the bytes are not valid utf-8');
      const isMark = at === 0 && code === BYTE_ORDER_MARK && !this.ignoreBOM;
      if (!isMark) text += String.fromCodePoint(code ?? REPLACEMENT);
      at += length;
    }
    return text;
  }
}

function bytesOf(character: string): number[] {
  const code = character.codePointAt(0) ?? 0;
  const whole = code >= 0xd800 && code <= 0xdfff ? REPLACEMENT : code;
  const tail = (shift: number): number => 0x80 | ((whole >> shift) & 0x3f);
  if (whole < 0x80) return [whole];
  if (whole < 0x800) return [0xc0 | (whole >> 6), tail(0)];
  if (whole < 0x10000) return [0xe0 | (whole >> 12), tail(6), tail(0)];
  return [0xf0 | (whole >> 18), tail(12), tail(6), tail(0)];
}

/** The code point that begins at `start`; none for bytes that are to be replaced, and how many. */
function readCodePoint(
  bytes: Uint8Array,
  start: number,
): { readonly code: number | undefined; readonly length: number } {
  const first = bytes[start] ?? 0;
  if (first < 0x80) return { code: first, length: 1 };
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) return { code: undefined, length: 1 };
  let code = first & (0x3f >> more);
  for (let index = 1; index <= more; index++) {
    const next = bytes[start + index];
    // The second byte of some sequences is narrowed, against overlong forms and surrogates.
    const least = index > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const most = index > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (next === undefined || next < least || next > most)
      return { code: undefined, length: index };
    code = (code << 6) | (next & 0x3f);
  }
  return { code, length: more + 1 };
}
