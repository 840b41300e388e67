/** Collects what is emitted for the second of two chained handlers. */
export interface Pipe {
  readonly emitted: { readonly value: unknown; readonly key?: unknown }[];
  readonly into: (value: unknown) => unknown;
  readonly outer: Pipe | undefined;
}

/** Events to reprocess when the part of a handler under way has ended. */
export interface Deferred {
  readonly events: readonly unknown[];
  readonly putBack: (rest: readonly unknown[]) => void;
}
