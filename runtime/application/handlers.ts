import type { PortalReference } from './references.ts';

/** The promise of a reply. */
export interface FutureReply {
  value(ctx: unknown): unknown;
}

/** Events that a task has put aside under the current key. */
export interface StashedEvents {
  stash(value: unknown): void;
  unstashAll(): void;
  size(): number;
}

/** The `ctx` of every handler. Which operations it accepts depends on the task. */
export interface HandlerContext {
  readonly key: unknown;
  readonly emit: (value: unknown) => void;
  readonly log: { info(value: unknown): void };
  readonly state: {
    get(name: unknown): unknown;
    set(name: unknown, value: unknown): void;
    del(name: unknown): void;
  };
  ask(portal: PortalReference, request: unknown): FutureReply;
  await(future: FutureReply, continuation: MarkerHandler): void;
  awaitAll(futures: Iterable<FutureReply>, continuation: MarkerHandler): void;
  reply(value: unknown): void;
}

/** The author's handler of one value: `ctx => value => …`. */
export type Handler = (ctx: HandlerContext) => (value: unknown) => unknown;
/** The author's handler of a marker, or a continuation: `ctx => …`. */
export type MarkerHandler = (ctx: HandlerContext) => unknown;
/** `ctx => wrapped => value => …`; the wrapped handler is called as `wrapped(ctx)(value)`. */
export type Wrapper = (ctx: HandlerContext) => (wrapped: Handler) => (value: unknown) => unknown;
/** `stash => ctx => value => …`: a handler that may put events aside. */
export type StashHandler = (stash: StashedEvents) => Handler;
