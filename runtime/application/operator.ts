import type { TaskKind } from '../contracts/topology.ts';
import { executionOf, type TaskContext } from '../tasks/context.ts';
import { accepts, synchronous } from '../tasks/handler-results.ts';
import { SHARED } from '../values/isolate.ts';

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
  /** The task's own bookkeeping after each atom, which authors' handlers do not replace. */
  readonly endAtom?: MarkerHandler | undefined;
  /** How deep stepping tasks are nested in this one. */
  readonly stepDepth?: number;
}

/**
 * What a task does with events, requests and markers. It is immutable: the `with…` operations
 * return another behaviour. `builder.tasks` makes behaviours for authors, who may return them
 * from handlers (`vsm`) and factories (`init`), which keep them in state.
 *
 * `result` says what becomes of what the event handler returns: a `map` emits it, a `flatMap` emits
 * its items, a `filter` emits the event if it is true, a `key` re-keys the event by it; a
 * `processor` emits by itself.
 */
export class Operator {
  get [SHARED](): true {
    return true;
  }
  readonly kind: TaskKind;
  readonly output: OperatorOutput;
  readonly onNext: Handler;
  readonly onRequest: Handler | undefined;
  readonly onAtomComplete: MarkerHandler | undefined;
  readonly onComplete: MarkerHandler | undefined;
  readonly onError: Handler | undefined;
  readonly endAtom: MarkerHandler | undefined;
  readonly stepDepth: number;

  constructor(kind: TaskKind, result: OperatorOutput, handlers: Handlers) {
    this.kind = kind;
    this.output = result;
    this.onNext = handlers.onNext;
    this.onRequest = handlers.onRequest;
    this.onAtomComplete = handlers.onAtomComplete;
    this.onComplete = handlers.onComplete;
    this.onError = handlers.onError;
    this.endAtom = handlers.endAtom;
    this.stepDepth = handlers.stepDepth ?? 0;
    Object.freeze(this);
  }

  /** This behaviour with some handlers replaced. */
  with(handlers: Partial<Handlers>, result: OperatorOutput = this.output): Operator {
    return new Operator(this.kind, result, { ...this, ...handlers });
  }
}

export type OperatorOutput = 'ignored' | 'value' | 'items' | 'accept' | 'key';

/** The event handler in the form of a processor: it emits by itself, whatever its `result` is. */
export function asProcessor(behaviour: Operator): Handler {
  const onNext: Handler = (ctx) => {
    const handler = behaviour.onNext(ctx);
    return (value) => synchronous(handler(value), executionOf(ctx).spec);
  };
  switch (behaviour.output) {
    case 'ignored':
      return onNext;
    case 'value':
      return (ctx) => (value) => ctx.emit(onNext(ctx)(value));
    case 'items':
      return (ctx) => (value) => executionOf(ctx).emitAll(onNext(ctx)(value));
    case 'accept':
      return (ctx) => (value) => {
        if (accepts(onNext(ctx)(value), executionOf(ctx).spec)) ctx.emit(value);
      };
    case 'key':
      return (ctx) => (value) => executionOf(ctx).emitKeyed(onNext(ctx)(value), value);
  }
}
