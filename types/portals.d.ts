/**
 * The programming model of portal apps: the module `portals`, and the global `PortalsJS` that is
 * the same. The debugger and the command line provide both; nothing is to be installed.
 */
declare module 'portals' {
  /** What a program leaves untyped is not checked, so that scripts need no annotations. */
  // biome-ignore lint/suspicious/noExplicitAny: this is the one place that says so
  type Untyped = any;

  /** Events of one key are processed in order and share their state. */
  export type Key = number | bigint;

  /** A totally ordered log of atoms, with one producer and any number of consumers. */
  export interface AtomicStream<Value> {
    /** Only for the type checker: what the stream carries. */
    readonly $value?: Value;
  }
  /** A generator, workflow or sequencer: what has an output. */
  export interface Producer<Value> {
    readonly stream: AtomicStream<Value>;
  }
  export interface Sequencer<Value> extends Producer<Value> {
    readonly $kind?: 'sequencer';
  }
  export interface Splitter<Value> {
    readonly $kind?: 'splitter';
    readonly $value?: Value;
  }
  /** A named mailbox: many tasks ask, exactly one replies. */
  export interface Portal<Request, Reply> {
    readonly $kind?: 'portal';
    readonly $request?: Request;
    readonly $reply?: Reply;
  }
  type AnyPortal = Portal<Untyped, Untyped> | readonly Portal<Untyped, Untyped>[];

  /** Persistent state of a task. What is set is committed with the atom, or not at all. */
  export interface State<Value> {
    /** The value, or the initial one if none was set. */
    get(): Value;
    set(value: Value): void;
    del(): void;
  }

  /** The promise of a reply. */
  export interface Future<Reply> {
    /** The reply; only inside a continuation that awaited it. */
    value(ctx: Context): Reply;
  }

  /** What a handler does, on behalf of its task and under the key of the event. */
  export interface Context<Emitted = Untyped> {
    emit(value: Emitted): void;
    readonly log: {
      /** Logs a line under the path of the task. */
      info(value: unknown): void;
    };
    /** Values of this task and the current key, by name. */
    readonly state: {
      get(name: unknown): Untyped;
      set(name: unknown, value: unknown): void;
      del(name: unknown): void;
    };
    /** Sends a request when the atom commits. */
    ask<Request, Reply>(portal: Portal<Request, Reply>, request: NoInfer<Request>): Future<Reply>;
    /** Runs `continuation` when the reply has come, under the key of this event. */
    await(future: Future<unknown>, continuation: (ctx: Context<Emitted>) => void): void;
    /** Runs `continuation` when all replies have come. */
    awaitAll(
      futures: readonly Future<unknown>[],
      continuation: (ctx: Context<Emitted>) => void,
    ): void;
    /** Answers the request being handled, also from a continuation of it. */
    reply(reply: unknown): void;
  }

  type Handler<Value, Result = void, Emitted = Untyped> = (
    ctx: Context<Emitted>,
  ) => (value: Value) => Result;
  type MarkerHandler = (ctx: Context) => void;
  type Wrapper<Value> = (
    ctx: Context,
  ) => (wrapped: (ctx: Context) => (value: Value) => unknown) => (value: Value) => unknown;

  /** What a task does; made by `builder.tasks`, used by `flow.task`, `vsm`, `init`, `withStep`. */
  export interface Task<Value, Emitted> {
    readonly $consumed?: Value;
    readonly $emitted?: Emitted;
  }

  export interface Tasks {
    processor<Value = Untyped, Emitted = Untyped>(
      handler: Handler<Value, unknown, Emitted>,
    ): Task<Value, Emitted>;
    map<Value, Result>(handler: Handler<Value, Result>): Task<Value, Result>;
    flatMap<Value, Result>(handler: Handler<Value, readonly Result[]>): Task<Value, Result>;
    filter<Value>(predicate: (value: Value) => boolean): Task<Value, Value>;
    key<Value>(keyOf: (value: Value) => Key): Task<Value, Value>;
    identity<Value>(): Task<Value, Value>;
  }

  /**
   * A place in a workflow under construction. Each operation adds a task after it; a flow that is
   * kept in a variable can be continued twice (a fork), and `union` joins.
   */
  export interface Flow<Value> {
    map<Result>(handler: Handler<Value, Result>): Flow<Result>;
    flatMap<Result>(handler: Handler<Value, readonly Result[]>): Flow<Result>;
    filter(predicate: (value: Value) => boolean): Flow<Value>;
    /** Puts what follows under another key. */
    key(keyOf: (value: Value) => Key): Flow<Value>;
    /** Emits by `ctx.emit` as often as it likes. */
    processor<Emitted = Untyped>(handler: Handler<Value, void, Emitted>): Flow<Emitted>;
    identity(): Flow<Value>;
    /** Logs each event after `prefix`, and passes it on. */
    logger(prefix?: string): Flow<Value>;
    task<Emitted>(task: Task<Value, Emitted>): Flow<Emitted>;
    /** A task whose behaviour `factory` makes, once, before the first event. */
    init<Emitted>(factory: (ctx: Context) => Task<Value, Emitted>): Flow<Emitted>;
    /** A virtual state machine: the handler returns the behaviour for the key's next event. */
    vsm<Emitted>(initial: Task<Value, Emitted>): Flow<Emitted>;
    asker<Emitted = Untyped>(
      portal: AnyPortal,
      handler: Handler<Value, void, Emitted>,
    ): Flow<Emitted>;
    replier<Emitted = Untyped, Request = Untyped>(
      portal: Portal<Request, Untyped> | readonly Portal<Request, Untyped>[],
      handler: Handler<Value, void, Emitted>,
      onRequest: Handler<Request, void, Emitted>,
    ): Flow<Emitted>;
    askerreplier<Emitted = Untyped, Request = Untyped>(
      asks: AnyPortal,
      answers: Portal<Request, Untyped> | readonly Portal<Request, Untyped>[],
      handler: Handler<Value, void, Emitted>,
      onRequest: Handler<Request, void, Emitted>,
    ): Flow<Emitted>;
    union<Other>(flows: Flow<Other> | readonly Flow<Other>[]): Flow<Value | Other>;

    /** Names the latest task. */
    withName(name: string): Flow<Value>;
    withOnNext<Emitted = Untyped>(
      handler: (ctx: Context<Emitted>) => (value: Untyped) => void,
    ): Flow<Emitted>;
    withOnError(handler: (ctx: Context) => (error: unknown) => void): Flow<Value>;
    withOnComplete(handler: MarkerHandler): Flow<Value>;
    withOnAtomComplete(handler: MarkerHandler): Flow<Value>;
    withWrapper(wrapper: Wrapper<Untyped>): Flow<Value>;
    withStep(task: Task<Untyped, unknown>): Flow<Value>;
    withLoop(atoms: number, task: Task<Untyped, unknown>): Flow<Value>;
    withAndThen<Emitted>(task: Task<Value, Emitted>): Flow<Emitted>;
    allWithOnAtomComplete(handler: MarkerHandler): Flow<Value>;
    allWithWrapper(wrapper: Wrapper<Untyped>): Flow<Value>;

    /** Sends the events here to the workflow's output stream. */
    sink(): Flow<Value>;
    /** Ends the workflow. */
    freeze(): Producer<Value>;
  }

  export interface Generators {
    fromArray<Value>(values: readonly Value[], keys?: readonly Key[]): Producer<Value>;
    /** Each inner array is one atom. */
    fromArrayOfArrays<Value>(
      atoms: readonly (readonly Value[])[],
      keys?: readonly (readonly Key[])[],
    ): Producer<Value>;
    fromIterator<Value>(values: Iterable<Value>, keys?: Iterable<Key>): Producer<Value>;
    fromIteratorOfIterators<Value>(
      atoms: Iterable<Iterable<Value>>,
      keys?: Iterable<Iterable<Key>>,
    ): Producer<Value>;
    /** The numbers from `start` to `end`, exclusive, in atoms of `step`. */
    fromRange(start: number, end: number, step: number): Producer<number>;
    signal<Value>(value: Value): Producer<Value>;
    empty<Value = never>(): Producer<Value>;
  }
  export interface Workflows {
    source<Value>(stream: AtomicStream<Value>): Flow<Value>;
  }
  export interface Sequencers {
    random<Value = Untyped>(): Sequencer<Value>;
  }
  export interface Splitters {
    empty<Value>(stream: AtomicStream<Value>): Splitter<Value>;
  }
  export interface Splits {
    split<Value>(
      splitter: Splitter<Value>,
      predicate: (value: Value) => boolean,
    ): AtomicStream<Value>;
  }
  export interface Connections {
    connect<Value>(stream: AtomicStream<Value>, sequencer: Sequencer<Value>): void;
  }
  export interface Portals {
    /** Requests run under `keyOf(request)`, or else under the key of the asking event. */
    portal<Request = Untyped, Reply = Untyped>(
      name: string,
      keyOf?: (request: Request) => Key,
    ): Portal<Request, Reply>;
  }
  /** Looks up elements of other launched applications by path. */
  export interface Registry {
    readonly streams: { get<Value = Untyped>(path: string): AtomicStream<Value> };
    readonly sequencers: { get<Value = Untyped>(path: string): Sequencer<Value> };
    readonly splitters: { get<Value = Untyped>(path: string): Splitter<Value> };
    readonly portals: {
      get<Request = Untyped, Reply = Untyped>(path: string): Portal<Request, Reply>;
    };
  }

  export interface Application {
    readonly $kind?: 'application';
  }

  export interface ApplicationBuilder {
    readonly generators: Generators;
    generatorsWithName(name: string): Generators;
    readonly workflows: Workflows;
    workflowsWithName(name: string): Workflows;
    readonly sequencers: Sequencers;
    sequencersWithName(name: string): Sequencers;
    readonly splitters: Splitters;
    splittersWithName(name: string): Splitters;
    readonly splits: Splits;
    splitsWithName(name: string): Splits;
    readonly connections: Connections;
    connectionsWithName(name: string): Connections;
    readonly portal: Portals;
    readonly registry: Registry;
    readonly tasks: Tasks;
    build(): Application;
  }

  export interface System {
    launch(application: Application): void;
    /** One atom by one processing unit; `false` when there is nothing to do. */
    step(): boolean;
    stepUntilComplete(): void;
    shutdown(): void;
  }

  export interface PortalsApi {
    ApplicationBuilder(name: string): ApplicationBuilder;
    System(): System;
    /** State of the task and the key of the event. */
    PerKeyState<Value>(name: string, initial: Value, ctx: Context): State<Value>;
    /** State of the task, shared by all keys. */
    PerTaskState<Value>(name: string, initial: Value, ctx: Context): State<Value>;
  }

  export const PortalsJS: PortalsApi;
  export default PortalsJS;
  export const ApplicationBuilder: PortalsApi['ApplicationBuilder'];
  export const System: PortalsApi['System'];
  export const PerKeyState: PortalsApi['PerKeyState'];
  export const PerTaskState: PortalsApi['PerTaskState'];
}

/** The programming model, for programs without imports. */
declare const PortalsJS: import('portals').PortalsApi;
