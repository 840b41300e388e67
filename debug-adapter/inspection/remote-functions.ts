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

export const layoutOf = remoteFunction(function (this: DebugAgent, object: object) {
  return this.objects.layout(object);
});

export const slotsOf = remoteFunction(function (
  this: DebugAgent,
  object: object,
  start: number,
  count: number,
) {
  return this.objects.slots(object, start, count);
});

/** The items of a list by their indexes, those of a set, or keys and values of a map in turn. */
export const itemsOfKind = remoteFunction(function (
  this: DebugAgent,
  object: object,
  kind: 'list' | 'map' | 'set',
  start: number,
  count: number,
) {
  return this.objects.items(object, kind, start, count);
});

export const prototypeOf = remoteFunction(function (this: DebugAgent, object: object) {
  return this.objects.prototypeOf(object);
});

/** The class that made an object, or nothing where that would have to be asked of its code. */
export const makerOf = remoteFunction(function (this: DebugAgent, object: object) {
  return this.objects.makerOf(object);
});

export const membersOf = remoteFunction(function (this: DebugAgent, object: object) {
  return this.objects.members(object);
});

/** A property, by the author's getter if it has one. */
export const propertyOf = remoteFunction(function (
  this: Readonly<Record<PropertyKey, unknown>>,
  name: PropertyKey,
) {
  return this[name];
});
