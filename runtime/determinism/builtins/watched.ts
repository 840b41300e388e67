import type { Holder } from './holders.ts';

/**
 * Whether a property is left as it is, and compared at times: V8 treats a built-in as modified, and
 * runs it up to fifteen times slower, when anything about these properties has changed.
 */
export function isWatched({ name }: Holder, key: PropertyKey): boolean {
  return key === 'constructor' || key === Symbol.iterator || name === 'RegExp.prototype';
}
