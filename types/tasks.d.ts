declare module 'portals' {
  // biome-ignore lint/complexity/noUselessEmptyExport: without it, what follows is all exported
  export {};

  const CONSUMED: unique symbol;
  const EMITTED: unique symbol;

  /** Handles one event: `ctx => event => …`. */
  export type Handler<Event, Context> = (ctx: Context) => (event: Event) => NotAPromise;
  /** Handles the end of an atom or of a stream: `ctx => …`. */
  export type MarkerHandler<Context> = (ctx: Context) => NotAPromise;
  /** A wrapped handler's second part. A method's type, so that flows of subtypes fit. */
  type Rest<Event> = { handle(event: Event): NotAPromise }['handle'];
  /** Runs around a handler, which it calls, or does not call, by `wrapped(ctx)(event)`. */
  export type Wrapper<Event, Context> = (
    ctx: Context,
  ) => (wrapped: (ctx: Context) => Rest<Event>) => (event: Event) => NotAPromise;

  /** What a task does with events. `builder.tasks` makes them. */
  export interface Behaviour<in Event, out Emitted> {
    readonly [CONSUMED]: (event: Event) => void;
    readonly [EMITTED]: Emitted;
  }

  /**
   * A behaviour that can be refined. It is immutable: each operation returns another task, and means
   * what it means on a flow.
   */
  export interface Task<in out Event, in out Emitted> extends Behaviour<Event, Emitted> {
    /** Replaces the event handler. */
    withOnNext(handler: Handler<Event, TaskContext<Emitted>>): Task<Event, Emitted>;
    /** Handles the error by which an atom ended upstream. */
    withOnError(handler: Handler<unknown, TaskContext<Emitted>>): Task<Event, Emitted>;
    /** Runs at the end of the stream. */
    withOnComplete(handler: MarkerHandler<TaskContext<Emitted>>): Task<Event, Emitted>;
    /** Runs once after each atom's events. */
    withOnAtomComplete(handler: MarkerHandler<TaskContext<Emitted>>): Task<Event, Emitted>;
    /** Runs around the event handler. */
    withWrapper(wrapper: Wrapper<Event, TaskContext<Emitted>>): Task<Event, Emitted>;
    /** Alternates with `task`, atom by atom. */
    withStep(task: Behaviour<Event, Emitted>): Task<Event, Emitted>;
    /** Alternates with `task`, which is in force for `atoms` atoms at a time. */
    withLoop(atoms: number, task: Behaviour<Event, Emitted>): Task<Event, Emitted>;
    /** Feeds what this task emits to `task`, within the same task. */
    withAndThen<Next>(task: Behaviour<Emitted, Next>): Task<Event, Next>;
  }

  /**
   * `builder.tasks`: tasks for `flow.task`, `vsm`, `init`, `withStep`, `withLoop` and
   * `withAndThen`. Each is what the flow operation of its name adds.
   */
  export interface Tasks {
    /** Emits by `ctx.emit`, as often as it likes. */
    processor<Event = Untyped, Emitted = Untyped>(
      handler: Handler<Event, TaskContext<Emitted>>,
    ): Task<Event, Emitted>;
    /** Emits what the handler returns. */
    map<Event = Untyped, Result = Untyped>(
      handler: (ctx: TaskContext<UntypedEmission>) => (event: Event) => Synchronous<Result>,
    ): Task<Event, Result>;
    /** Emits each item of what the handler returns. */
    flatMap<Event = Untyped, Item = Untyped>(
      handler: (ctx: TaskContext<UntypedEmission>) => (event: Event) => Iterable<Item>,
    ): Task<Event, Item>;
    /** Passes on the events for which `predicate` holds. */
    filter<Event = Untyped>(predicate: (event: Event) => NotAPromise): Task<Event, Event>;
    /** Puts events under the key `keyOf(event)`. */
    key<Event = Untyped>(keyOf: (event: Event) => Key): Task<Event, Event>;
    /** Passes each event on. */
    identity<Event = Untyped>(): Task<Event, Event>;
    /** Logs each event, after `prefix`, and passes it on. */
    logger<Event = Untyped>(prefix?: string): Task<Event, Event>;
    /** A processor whose handler may put events aside. */
    stash<Event = Untyped, Emitted = Untyped>(
      handler: (stash: Stash<Event>) => Handler<Event, TaskContext<Emitted>>,
    ): Task<Event, Emitted>;
    /** Runs the handler for each event, for what it does. The events end here. */
    consume<Event = Untyped>(handler: Handler<Event, TaskContext<never>>): Task<Event, never>;
    /** Passes every `every`-th event, counted over all keys. */
    sample<Event = Untyped>(every: number): Task<Event, Event>;
    /** Passes no event. */
    nothing<Event = Untyped>(): Task<Event, never>;
    /** Passes no event: the same as `nothing`. */
    empty<Event = Untyped, Other = never>(): Task<Event, Other>;
    /** A task that `factory` makes, once, before the first event. */
    init<Event = Untyped, Emitted = Untyped>(
      factory: (ctx: TaskContext<unknown>) => Behaviour<Event, Emitted>,
    ): Task<Event, Emitted>;
    /** A virtual state machine that begins with `initial`; a handler returns the next behaviour. */
    vsm<Event = Untyped, Emitted = Untyped>(
      initial: Behaviour<Event, Emitted>,
    ): Task<Event, Emitted>;
    /**
     * A task that may ask the given portals. A flow connects the portals of the tasks it is built
     * of; a task that a factory of `init` or a handler of `vsm` returns later asks only those.
     */
    asker<Event = Untyped, Emitted = Untyped>(
      portals: Portals,
      handler: Handler<Event, AskerContext<Emitted>>,
    ): Task<Event, Emitted>;
    /** A task that answers the given portals: `onRequest` handles their requests. */
    replier<P extends AnyPortal, Event = Untyped, Emitted = Untyped>(
      portals: Portals<P>,
      handler: Handler<Event, TaskContext<Emitted>>,
      onRequest: Handler<RequestOf<P>, ReplierContext<Emitted, ReplyOf<P>>>,
    ): Task<Event, Emitted>;
    /** A task that asks some portals and answers others. */
    askerreplier<P extends AnyPortal, Event = Untyped, Emitted = Untyped>(
      asked: Portals,
      answered: Portals<P>,
      handler: Handler<Event, AskerContext<Emitted>>,
      onRequest: Handler<RequestOf<P>, AskerReplierContext<Emitted, ReplyOf<P>>>,
    ): Task<Event, Emitted>;
  }
}
