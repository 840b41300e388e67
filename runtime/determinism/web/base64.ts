import { define, type Realm } from '../realm.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** `btoa` and `atob` of the HTML standard, between binary text and base64. */
export function base64(realm: Realm): void {
  define(realm, 'btoa', function btoa(value: unknown): string {
    const text = String(value);
    let encoded = '';
    for (let at = 0; at < text.length; at += 3) {
      const bytes = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)];
      if (bytes.some((byte) => byte > 0xff)) throw invalid('btoa takes characters up to U+00FF');
      // Past the end are NaNs, which count as 0 here and are written as padding below.
      const [first = 0, second = 0, third = 0] = bytes;
      const group = (first << 16) | (second << 8) | third;
      const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63));
      encoded += digits
        .slice(0, text.length - at + 1)
        .join('')
        .padEnd(4, '=');
    }
    return encoded;
  });
  define(realm, 'atob', function atob(value: unknown): string {
    const text = String(value).replaceAll(/[\t\n\f\r ]/g, '');
    const digits = text.length % 4 === 0 ? text.replace(/==?$/, '') : text;
    if (digits.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(digits)) {
      throw invalid('atob takes base64');
    }
    let decoded = '';
    let bits = 0;
    for (let at = 0; at < digits.length; at++) {
      bits = (bits << 6) | ALPHABET.indexOf(digits.charAt(at));
      const left = ((at % 4) * 6 + 6) % 8;
      if (at % 4 !== 0) decoded += String.fromCharCode((bits >> left) & 0xff);
    }
    return decoded;
  });
}

/** As a browser's `DOMException`, which the realm has not. */
function invalid(message: string): Error {
  return Object.assign(new Error(message), { name: 'InvalidCharacterError' });
}
