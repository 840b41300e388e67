import type { DebugAgent } from '../agent/index.ts';
import { remoteFunction } from '../v8/remote-function.ts';

/** One line for each value. */
export const previewsOfAll = remoteFunction(function (this: DebugAgent, ...values: unknown[]) {
  return this.objects.previews(values);
});

/** The whole value, for the clipboard: text as it is, all else as JSON where that is exact. */
export const wholeTextOf = remoteFunction(function (this: DebugAgent, value: unknown) {
  return this.objects.wholeText(value);
});

/** A part of the items of a list, a set, or a map; of a map, keys and values alternate. */
export const itemsOfObject = remoteFunction(function (
  this: DebugAgent,
  object: unknown,
  kind: 'list' | 'map' | 'set',
  start: number,
  count: number,
) {
  return this.objects.items(object, kind, start, count);
});

/** A property, by the author's getter if it has one. */
export const propertyOf = remoteFunction(function (
  this: Readonly<Record<string, unknown>>,
  name: string,
) {
  return this[name];
});
