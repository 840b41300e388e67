import type { TaskContext } from '../execution/context.ts';
import type { TaskKind } from '../topology.ts';
import { SHARED } from '../values/isolate.ts';
import { expectFunction } from './references.ts';

/** The author's handler of one value: `ctx => value => …`. */
export type Handler = (ctx: TaskContext) => (value: unknown) => unknown;
/** The author's handler of a marker: `ctx => …`. */
export type MarkerHandler = (ctx: TaskContext) => unknown;
/** `ctx => wrapped => value => …`; the wrapped handler is called as `wrapped(ctx)(value)`. */
export type Wrapper = (ctx: TaskContext) => (wrapped: Handler) => (value: unknown) => unknown;

interface Handlers {
  readonly onNext: Handler;
  readonly onRequest?: Handler | undefined;
  readonly onAtomComplete?: MarkerHandler | undefined;
  readonly onComplete?: MarkerHandler | undefined;
  readonly onError?: Handler | undefined;
}

/**
 * What a task does with events, requests and markers. It is immutable: the `with…` operations
 * return another behaviour. `builder.tasks` makes behaviours for authors, who may keep them in
 * state (`vsm`) or return them from `init`.
 *
 * `result` says what becomes of what the event handler returns: a `map` emits it, a `flatMap` emits
 * its items, a `filter` emits the event if it is true, a `key` re-keys the event by it; a
 * `processor` emits by itself.
 */
export class Behaviour {
  readonly [SHARED] = true;
  readonly kind: TaskKind;
  readonly result: Result;
  readonly onNext: Handler;
  readonly onRequest: Handler | undefined;
  readonly onAtomComplete: MarkerHandler | undefined;
  readonly onComplete: MarkerHandler | undefined;
  readonly onError: Handler | undefined;

  constructor(kind: TaskKind, result: Result, handlers: Handlers) {
    this.kind = kind;
    this.result = result;
    this.onNext = handlers.onNext;
    this.onRequest = handlers.onRequest;
    this.onAtomComplete = handlers.onAtomComplete;
    this.onComplete = handlers.onComplete;
    this.onError = handlers.onError;
    Object.freeze(this);
  }

  /** This behaviour with some handlers replaced. */
  with(handlers: Partial<Handlers>, result: Result = this.result): Behaviour {
    return new Behaviour(this.kind, result, { ...this, ...handlers });
  }
}

export type Result = 'ignored' | 'value' | 'items' | 'accept' | 'key';

/** The event handler in the form of a processor: it emits by itself, whatever its `result` is. */
export function emitting(behaviour: Behaviour): Handler {
  const { onNext } = behaviour;
  switch (behaviour.result) {
    case 'ignored':
      return onNext;
    case 'value':
      return (ctx) => (value) => ctx.emit(onNext(ctx)(value));
    case 'items':
      return (ctx) => (value) => ctx.emitAll(onNext(ctx)(value));
    case 'accept':
      return (ctx) => (value) => {
        if (onNext(ctx)(value)) ctx.emit(value);
      };
    case 'key':
      return (ctx) => (value) => ctx.emitKeyed(onNext(ctx)(value), value);
  }
}

/** The behaviours that `builder.tasks` and the flow operations of the same names make. */
export const tasks = {
  processor(handler: Handler): Behaviour {
    expectFunction(handler, 'processor', 'ctx => value => …');
    return new Behaviour('processor', 'ignored', { onNext: handler });
  },

  identity(): Behaviour {
    return new Behaviour('identity', 'value', { onNext: () => (value) => value });
  },

  map(handler: Handler): Behaviour {
    expectFunction(handler, 'map', 'ctx => value => …');
    return new Behaviour('map', 'value', { onNext: handler });
  },

  flatMap(handler: Handler): Behaviour {
    expectFunction(handler, 'flatMap', 'ctx => value => [ … ]');
    return new Behaviour('flatMap', 'items', { onNext: handler });
  },

  filter(predicate: (value: unknown) => unknown): Behaviour {
    expectFunction(predicate, 'filter', 'value => true or false');
    return new Behaviour('filter', 'accept', { onNext: () => predicate });
  },

  key(keyOf: (value: unknown) => unknown): Behaviour {
    expectFunction(keyOf, 'key', 'value => key');
    return new Behaviour('key', 'key', { onNext: () => keyOf });
  },
};

/** A task that logs every event after `prefix`, and passes it on. */
export function logger(prefix: string): Behaviour {
  return new Behaviour('logger', 'value', {
    onNext: (ctx) => (value) => {
      ctx.log.info(prefix === '' ? value : prefix + String(value));
      return value;
    },
  });
}
