declare module 'portals' {
  /** What every handler gets as `ctx`: it acts for the task, under the key of the event. */
  export interface TaskContext<in Emitted = Untyped> {
    /** The key of the event being handled. In a marker's handler: of the atom's last event. */
    readonly key: Key;

    /**
     * Emits an event under the current key. It becomes part of the atom, is copied, and is seen
     * downstream when the atom commits.
     */
    readonly emit: (event: Emitted) => void;

    /** The application's log. */
    readonly log: {
      /** Logs `String(message)` under the path of the task, once, when the atom commits. */
      info(...message: unknown[]): void;
    };

    /** Values under the current key by name; `PerKeyState` is the same with an initial value. */
    readonly state: {
      get<Value = Untyped>(name: string): Value;
      set(name: string, value: unknown): void;
      del(name: string): void;
    };
  }

  /** The `ctx` of an asker. */
  export interface AskerContext<in Emitted = Untyped> extends TaskContext<Emitted> {
    /**
     * Sends `request` to `portal` when the atom commits. The task must be connected to the portal:
     * `asker(portal, …)`.
     *
     * @throws PORTALS_PORTAL_NOT_CONNECTED
     */
    ask<Request, Reply>(portal: Portal<Request, Reply>, request: NoInfer<Request>): Future<Reply>;

    /**
     * Keeps `continuation`, with what it captured, until the reply to `future` has come. It runs
     * under this event's key, in an atom of its own, in order with the task's other events.
     */
    await(future: Future<unknown>, continuation: (ctx: this) => NotAPromise): void;

    /** As `await`, when all replies have come, in whatever order. */
    awaitAll(futures: Iterable<Future<unknown>>, continuation: (ctx: this) => NotAPromise): void;
  }

  /** The `ctx` of a replier's request handler. */
  export interface ReplierContext<in Emitted = Untyped, in Reply = Untyped>
    extends TaskContext<Emitted> {
    /**
     * Replies to the request being handled when the atom commits. In a continuation: to the
     * request that was being handled where it was registered.
     *
     * @throws PORTALS_NOT_ANSWERING
     */
    reply(reply: Reply): void;
  }

  /** The `ctx` of an asking replier's request handler. */
  export interface AskerReplierContext<in Emitted = Untyped, in Reply = Untyped>
    extends AskerContext<Emitted>,
      ReplierContext<Emitted, Reply> {}

  /** The promise of a reply. It can be captured by continuations and kept in state. */
  export interface Future<out Reply> {
    /**
     * The reply; call it inside a continuation that awaited it, with the continuation's `ctx`.
     *
     * @throws PORTALS_NO_VALUE_YET
     */
    value(ctx: TaskContext<never>): Reply;
  }

  /**
   * A named value of a task. What is set, or changed in place, is committed with the atom, or
   * undone with it. Two states of one name in one task are the same state.
   */
  export interface State<in out Value> {
    /** Under which the task keeps it. */
    readonly name: string;
    /** The value as long as nothing was set. */
    readonly initial: Value;
    /** The value: the handler's own copy, which may be changed in place. */
    get(): Value;
    /** Replaces the value. */
    set(value: Value): void;
    /** Goes back to the initial value. */
    del(): void;
  }

  /**
   * What a state that begins with an `Initial` value may be. `[]` and `null` do not say; then say
   * it: `PerKeyState<string[]>(…)`.
   */
  export type Settable<Initial> = [Initial] extends [readonly never[]]
    ? Untyped[]
    : [Initial] extends [null | undefined]
      ? Untyped
      : Initial;

  /** Events that a task has put aside under the current key. */
  export interface Stash<in Event = Untyped> {
    /** Puts an event aside. */
    stash(event: Event): void;
    /**
     * Has the task handle the events put aside, in the order in which they came: at once, or in a
     * `vsm` when the next behaviour is in force.
     */
    unstashAll(): void;
    /** How many events are put aside. */
    size(): number;
  }
}
