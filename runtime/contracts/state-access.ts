/** One access of a handler to a watched state. The values are the handler's own: do not change. */
export interface StateAccess {
  readonly key: unknown;
  readonly kind: 'read' | 'write' | 'delete';
  /** Absent where there was no value. */
  readonly old?: { readonly value: unknown };
  /** Absent after a deletion, and where nothing was read. */
  readonly now?: { readonly value: unknown };
  /**
   * `call`: reported within the handler's call of `get`, `set` or `del`. `in-place`: the handler
   * changed an object in the state, which is detected after an event or after a task's batch.
   */
  readonly how: 'call' | 'in-place';
}

/** A state of one task; its scope is that of `PerKeyState` or of `PerTaskState`. */
export interface WatchedState {
  readonly task: string;
  readonly state: string;
  readonly scope: 'key' | 'task';
}

/** A subscription to the accesses to one state. */
export interface StateWatch {
  /** Reports the objects that handlers changed in place since the last report. */
  checkInPlaceChanges(): void;
  /** Ends the subscription. */
  end(): void;
}
