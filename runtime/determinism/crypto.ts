import type { Environment } from './environment.ts';
import { define, type Realm } from './realm.ts';
import { refusal } from './refusal.ts';

/** `crypto`, reduced to its sources of randomness, which draw from the seeded generator. */
export function virtualCrypto(realm: Realm, environment: Environment): void {
  const fill = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = environment.drawUint32() >>> 24;
  };
  define(realm, 'crypto', {
    getRandomValues<Target extends ArrayBufferView>(target: Target): Target {
      fill(new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
      return target;
    },
    randomUUID(): string {
      const bytes = new Uint8Array(16);
      fill(bytes);
      return formatUuid(bytes);
    },
    get subtle(): never {
      throw refusal('crypto.subtle', 'it answers by promises. Use a synchronous package.');
    },
  });
}

/** The text form of a version 4 UUID (RFC 9562, section 5.4) made of these 16 random bytes. */
function formatUuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte, at) => {
    const fixed = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return fixed.toString(16).padStart(2, '0');
  });
  const part = (from: number, to: number): string => hex.slice(from, to).join('');
  return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join('-');
}
