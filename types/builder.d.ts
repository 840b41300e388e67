declare module 'portals' {
  /** One item after the other: an array, another iterable, or an iterator. */
  export type Items<Item> = Iterable<Item> | Iterator<Item>;

  /**
   * `builder.generators`: streams made from data. Without `keys`, an event's key is a hash of its
   * value. Each stream ends with a seal.
   */
  export interface Generators {
    /** All values in one atom. An iterator without end is cut into atoms of 65,536 events. */
    fromIterator<Event>(values: Items<Event>, keys?: Items<Key>): Generator<Event>;
    /** One atom for each inner iterator. */
    fromIteratorOfIterators<Event>(
      atoms: Items<Items<Event>>,
      keys?: Items<Items<Key>>,
    ): Generator<Event>;
    /** All values in one atom. */
    fromArray<Event>(values: readonly Event[], keys?: readonly Key[]): Generator<Event>;
    /** One atom for each inner array. */
    fromArrayOfArrays<Event>(
      atoms: readonly (readonly Event[])[],
      keys?: readonly (readonly Key[])[],
    ): Generator<Event>;
    /** The numbers from `start` to `end`, exclusive, in atoms of `step` events (default 1). */
    fromRange(start: number, end: number, step?: number): Generator<number>;
    /** The values at a rate: `events` of them in each atom. */
    throttle<Event>(values: Items<Event>, events: number, keys?: Items<Key>): Generator<Event>;
    /** One atom of one event. */
    signal<Event>(value: Event): Generator<Event>;
    /** No atom at all, only the seal. */
    empty<Event = never>(): Generator<Event>;
  }

  /** `builder.workflows` */
  export interface Workflows {
    /** Begins a workflow that consumes `stream`. */
    source<Event>(stream: AtomicStream<Event>): Flow<Event>;
    /** Ends the workflow begun by `source`, if this object was kept. */
    freeze(): Workflow<Untyped>;
  }

  /** `builder.sequencers` */
  export interface Sequencers {
    /** A sequencer whose choices are drawn from the seed. Say what it merges: `random<Event>()`. */
    random<Event = Untyped>(): Sequencer<Event>;
  }

  /** `builder.splitters` */
  export interface Splitters {
    /** A splitter of `stream`, without splits as yet. */
    empty<Event>(stream: AtomicStream<Event>): Splitter<Event>;
  }

  /** `builder.splits` */
  export interface Splits {
    /** The stream of the events for which `predicate` is the splitter's first to hold. */
    split<Event, Taken extends Event>(
      splitter: Splitter<Event>,
      predicate: (event: Event) => event is Taken,
    ): AtomicStream<Taken>;
    split<Event>(
      splitter: Splitter<Event>,
      predicate: (event: Event) => NotAPromise,
    ): AtomicStream<Event>;
  }

  /** `builder.connections` */
  export interface Connections {
    /** Lets `sequencer` merge `stream`. May close a cycle. */
    connect<Event>(stream: AtomicStream<NoInfer<Event>>, sequencer: Sequencer<Event>): void;
  }

  /**
   * A portal of that name. A request runs under `keyOf(request)`, or else under the key of the
   * asking event. Say what is asked and replied: `portal<Request, Reply>(name)`.
   */
  export type MakePortal = <Request = Untyped, Reply = Untyped>(
    name: string,
    keyOf?: (request: Request) => Key,
  ) => Portal<Request, Reply>;

  /** Looks up elements of other launched applications by path, such as `/shop/portals/stock`. */
  export interface Registry {
    /** Such as `/shop/workflows/cart/stream`. */
    readonly streams: { get<Event = Untyped>(path: string): AtomicStream<Event> };
    /** Such as `/shop/sequencers/merged`. */
    readonly sequencers: { get<Event = Untyped>(path: string): Sequencer<Event> };
    /** Such as `/shop/splitters/parity`. */
    readonly splitters: { get<Event = Untyped>(path: string): Splitter<Event> };
    /** Such as `/shop/portals/stock`. */
    readonly portals: {
      get<Request = Untyped, Reply = Untyped>(path: string): Portal<Request, Reply>;
    };
  }

  /**
   * Registers the elements of an application. `builder.workflows` gives the next one the name `$1`,
   * `$2`, …, `builder.workflowsWithName(name)` a name of its own; likewise for the other kinds. Two
   * elements with one path are an error, PORTALS_DUPLICATE_PATH.
   */
  export interface ApplicationBuilder {
    /** Streams made from data. The next one is called `$n`. */
    readonly generators: Generators;
    /** Streams made from data. The next one is called `name`. */
    generatorsWithName(name: string): Generators;
    /** Graphs of tasks. The next one is called `$n`. */
    readonly workflows: Workflows;
    /** Graphs of tasks. The next one is called `name`. */
    workflowsWithName(name: string): Workflows;
    /** Mergers of streams. The next one is called `$n`. */
    readonly sequencers: Sequencers;
    /** Mergers of streams. The next one is called `name`. */
    sequencersWithName(name: string): Sequencers;
    /** Routers of events. The next one is called `$n`. */
    readonly splitters: Splitters;
    /** Routers of events. The next one is called `name`. */
    splittersWithName(name: string): Splitters;
    /** Outputs of splitters. The next one is called `$n`. */
    readonly splits: Splits;
    /** Outputs of splitters. The next one is called `name`. */
    splitsWithName(name: string): Splits;
    /** Edges from streams to sequencers. The next one is called `$n`. */
    readonly connections: Connections;
    /** Edges from streams to sequencers. The next one is called `name`. */
    connectionsWithName(name: string): Connections;
    /** `builder.portal.portal(name)`, or `builder.portal(name)` for short. */
    readonly portal: MakePortal & { readonly portal: MakePortal };
    /** Looks up elements of other launched applications. */
    readonly registry: Registry;
    /** Makes tasks for `flow.task`, `vsm`, `init`, `withStep` and the like. */
    readonly tasks: Tasks;
    /**
     * The application, to be launched. Freezes the workflows that are complete.
     *
     * @throws PORTALS_WORKFLOW_INCOMPLETE
     */
    build(): Application;
  }
}
