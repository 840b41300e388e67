declare module 'portals' {
  // biome-ignore lint/complexity/noUselessEmptyExport: without it, what follows is all exported
  export {};

  const FLOWING: unique symbol;

  /** A flow as an operand of `union`: a flow of some events is one of more events, too. */
  export interface FlowOf<out Event> {
    readonly [FLOWING]: Event;
  }
  /** What events the flow `F` has. */
  export type EventOf<F> = F extends FlowOf<infer Event> ? Event : never;

  /**
   * A point in a workflow under construction that events of type `Event` pass. Each operation
   * adds a task that consumes them. A flow that is kept in a variable can be continued twice (a
   * fork), and `union` joins.
   */
  export interface Flow<Event> extends FlowOf<Event> {
    /** Emits what the handler returns, one event for each. */
    map<Result>(
      handler: (ctx: TaskContext<UntypedEmission>) => (event: Event) => Synchronous<Result>,
    ): TaskFlow<Result, Event>;
    /** Emits each item of what the handler returns: none, one or several events for each. */
    flatMap<Item>(
      handler: (ctx: TaskContext<UntypedEmission>) => (event: Event) => Iterable<Item>,
    ): TaskFlow<Item, Event>;
    /** Passes on the events for which `predicate` holds. */
    filter<Kept extends Event>(predicate: (event: Event) => event is Kept): TaskFlow<Kept, Event>;
    filter(predicate: (event: Event) => NotAPromise): TaskFlow<Event, Event>;
    /** Puts events under the key `keyOf(event)`, which what follows sees. */
    key(keyOf: (event: Event) => Key): TaskFlow<Event, Event>;
    /** Emits by `ctx.emit`, as often as it likes. Say what: `processor<Emitted>(…)`. */
    processor<Emitted = Untyped>(
      handler: Handler<Event, TaskContext<Emitted>>,
    ): TaskFlow<Emitted, Event>;
    /** Passes each event on. */
    identity(): TaskFlow<Event, Event>;
    /** Logs each event, after `prefix`, and passes it on. */
    logger(prefix?: string): TaskFlow<Event, Event>;
    /** Adds a task made by `builder.tasks`. */
    task<Emitted>(task: Behaviour<Event, Emitted>): TaskFlow<Emitted, Event>;
    /** A task that `factory` makes, once, before the first event. */
    init<Emitted = Untyped>(
      factory: (ctx: TaskContext<unknown>) => Behaviour<Event, Emitted>,
    ): TaskFlow<Emitted, Event>;
    /**
     * A virtual state machine: it begins with `initial`, and the task that a handler returns is the
     * behaviour for the next events of that key. A handler that returns nothing keeps its behaviour.
     */
    vsm<Emitted = Untyped>(initial: Behaviour<Event, Emitted>): TaskFlow<Emitted, Event>;
    /** A processor whose handler may put events aside: `stash => ctx => event => …`. */
    stash<Emitted = Untyped>(
      handler: (stash: Stash<Event>) => Handler<Event, TaskContext<Emitted>>,
    ): TaskFlow<Emitted, Event>;

    /** A task that may ask the given portals. Say what it emits: `asker<Emitted>(…)`. */
    asker<Emitted = Untyped>(
      portals: Portals,
      handler: Handler<Event, AskerContext<Emitted>>,
    ): TaskFlow<Emitted, Event, AskerContext<Emitted>>;
    /**
     * The task that answers the given portals: `onRequest` handles their requests, `handler` the
     * flow's events. A portal has exactly one such task. To say what it emits, annotate `ctx`.
     */
    replier<P extends AnyPortal, Emitted = Untyped>(
      portals: Portals<P>,
      handler: Handler<Event, TaskContext<Emitted>>,
      onRequest: Handler<RequestOf<P>, ReplierContext<Emitted, ReplyOf<P>>>,
    ): TaskFlow<Emitted, Event>;
    /** A task that asks some portals and answers others. */
    askerreplier<P extends AnyPortal, Emitted = Untyped>(
      asked: Portals,
      answered: Portals<P>,
      handler: Handler<Event, AskerContext<Emitted>>,
      onRequest: Handler<RequestOf<P>, AskerReplierContext<Emitted, ReplyOf<P>>>,
    ): TaskFlow<Emitted, Event, AskerContext<Emitted>>;

    /** Runs the handler for each event, for what it does. The events end here. */
    consume(handler: Handler<Event, TaskContext<never>>): TaskFlow<never, Event>;
    /** Lets every `every`-th event pass, counted over all keys. */
    sample(every: number): TaskFlow<Event, Event>;
    /** Forwards no event, only atom markers and the seal. */
    nothing(): TaskFlow<never, Event>;
    /** A flow without events: the first operand of a `union`, say. */
    empty<Other = never>(): TaskFlow<Other, Event>;

    /** This flow's events and those of `flows`, which belong to the same workflow. */
    union<F extends FlowOf<unknown>>(flows: F | readonly F[]): Flow<Event | EventOf<F>>;
    /** Sends the events here to the workflow's stream. May be called on several flows. */
    sink(): this;
    /** Ends the workflow. */
    freeze(): Workflow<Event>;

    /** Has every task of the workflow so far run `handler` at the end of each atom. */
    allWithOnAtomComplete(handler: MarkerHandler<TaskContext>): this;
    /** Has `wrapper` run around the event handler of every task of the workflow so far. */
    allWithWrapper(wrapper: Wrapper<Untyped, TaskContext>): this;
  }

  /** A flow after a task, which the `with…` operations name and refine. */
  export interface TaskFlow<Event, Consumed, Context = TaskContext<Event>> extends Flow<Event> {
    /** Names the task, instead of `$1`, `$2`, …: its path is `/APP/workflows/WORKFLOW/NAME`. */
    withName(name: string): this;
    /** Replaces the event handler. */
    withOnNext(handler: Handler<Consumed, Context>): this;
    withOnNext<Emitted>(
      handler: Handler<Consumed, TaskContext<Emitted>>,
    ): TaskFlow<Emitted, Consumed>;
    /** Handles the error by which an atom ended upstream. The stream is sealed after it. */
    withOnError(handler: Handler<unknown, Context>): this;
    /** Runs at the end of the stream. Events that it emits precede the seal. */
    withOnComplete(handler: MarkerHandler<Context>): this;
    /** Runs once after each atom's events. What it emits belongs to the atom. */
    withOnAtomComplete(handler: MarkerHandler<Context>): this;
    /** Runs around the event handler. */
    withWrapper(wrapper: Wrapper<Consumed, Context>): this;
    /** Alternates with `task`, atom by atom. May be repeated. */
    withStep(task: Behaviour<Consumed, Event>): this;
    /** Alternates with `task`, which is in force for `atoms` atoms at a time. */
    withLoop(atoms: number, task: Behaviour<Consumed, Event>): this;
    /** Feeds what this task emits to `task`, within the same task and sharing its state. */
    withAndThen<Emitted>(task: Behaviour<Event, Emitted>): TaskFlow<Emitted, Consumed>;
  }
}
