// The authors' API as a JavaScript program sees it: completion, but no checks of values. The checks
// of the typed API are the compiler's; the tests of the runtime hand it whatever an author might.

// biome-ignore lint/suspicious/noExplicitAny: test programs are as untyped as their authors' are.
export type Value = any;
export type Handler = (ctx: Context) => (value: Value) => Value;
export type MarkerHandler = (ctx: Context) => Value;
export type Wrapper = (ctx: Context) => (wrapped: Handler) => (value: Value) => Value;

export interface PortalsJS {
  ApplicationBuilder(name: string): Builder;
  System(): System;
  PerKeyState(name: string, initial: Value, ctx: Context): State;
  PerTaskState(name: string, initial: Value, ctx: Context): State;
  Stash(ctx: Context): Value;
  Actors: Value;
}

export interface System {
  launch(application: Value): void;
  step(): boolean;
  stepUntilComplete(): void;
  shutdown(): void;
}

export interface State {
  get(): Value;
  set(value: Value): void;
  del(): void;
}

export interface Context {
  emit(value: Value): void;
  log: { info(value: Value): void };
  state: {
    get(name: string): Value;
    set(name: string, value: Value): void;
    del(name: string): void;
  };
  ask(portal: Value, request: Value): Future;
  await(future: Future, continuation: MarkerHandler): void;
  awaitAll(futures: Iterable<Future>, continuation: MarkerHandler): void;
  reply(value: Value): void;
}

export interface Future {
  value(ctx: Context): Value;
}

/** What has a stream: a generator, a workflow, a sequencer. */
export interface Producer {
  stream: Value;
}

export interface Builder {
  build(): Value;
  registry: Record<
    'streams' | 'sequencers' | 'splitters' | 'portals',
    { get(path: string): Value }
  >;
  tasks: Tasks;
  generators: Generators;
  generatorsWithName(name: string): Generators;
  workflows: Workflows;
  workflowsWithName(name: string): Workflows;
  sequencers: { random(): Producer };
  sequencersWithName(name: string): { random(): Producer };
  splitters: { empty(stream: Value): Value };
  splittersWithName(name: string): { empty(stream: Value): Value };
  splits: { split(splitter: Value, predicate: (value: Value) => Value): Value };
  splitsWithName(name: string): {
    split(splitter: Value, predicate: (value: Value) => Value): Value;
  };
  connections: { connect(stream: Value, sequencer: Value): void };
  connectionsWithName(name: string): { connect(stream: Value, sequencer: Value): void };
  portal(name: string, keyOf?: (request: Value) => Value): Value;
}

export interface Generators {
  fromIterator(values: Value, keys?: Value): Producer;
  fromIteratorOfIterators(atoms: Value, keys?: Value): Producer;
  fromArray(values: Value, keys?: Value): Producer;
  fromArrayOfArrays(atoms: Value, keys?: Value): Producer;
  fromRange(start: number, end: number, step: number): Producer;
  throttle(values: Value, events: number, keys?: Value): Producer;
  signal(value: Value): Producer;
  empty(): Producer;
}

export interface Workflows {
  source(stream: Value): Flow;
  freeze(): Producer;
}

export interface Tasks {
  processor(handler: Handler): Value;
  identity(): Value;
  map(handler: Handler): Value;
  flatMap(handler: Handler): Value;
  filter(predicate: (value: Value) => Value): Value;
  key(keyOf: (value: Value) => Value): Value;
  stash(handler: (stash: Value) => Handler): Value;
  logger(prefix?: string): Value;
  consume(handler: Handler): Value;
  sample(every: number): Value;
  nothing(): Value;
  empty(): Value;
  init(factory: MarkerHandler): Value;
  vsm(initial: Value): Value;
  asker(portal: Value, handler: Handler): Value;
  replier(portal: Value, handler: Handler, onRequest: Handler): Value;
  askerreplier(ask: Value, answer: Value, handler: Handler, onRequest: Handler): Value;
}

export interface Flow {
  sink(): Flow;
  freeze(): Producer;
  union(flows: Flow | Flow[]): Flow;
  task(task: Value): Flow;
  processor(handler: Handler): Flow;
  map(handler: Handler): Flow;
  flatMap(handler: Handler): Flow;
  filter(predicate: (value: Value) => Value): Flow;
  key(keyOf: (value: Value) => Value): Flow;
  identity(): Flow;
  logger(prefix?: string): Flow;
  stash(handler: (stash: Value) => Handler): Flow;
  consume(handler: Handler): Flow;
  sample(every: number): Flow;
  nothing(): Flow;
  empty(): Flow;
  init(factory: MarkerHandler): Flow;
  vsm(initial: Value): Flow;
  asker(portal: Value, handler: Handler): Flow;
  replier(portal: Value, handler: Handler, onRequest: Handler): Flow;
  askerreplier(ask: Value, answer: Value, handler: Handler, onRequest: Handler): Flow;
  withName(name: string): Flow;
  withOnNext(handler: Handler): Flow;
  withOnError(handler: Handler): Flow;
  withOnComplete(handler: MarkerHandler): Flow;
  withOnAtomComplete(handler: MarkerHandler): Flow;
  withWrapper(wrapper: Wrapper): Flow;
  withStep(task: Value): Flow;
  withLoop(count: number, task: Value): Flow;
  withAndThen(task: Value): Flow;
  allWithOnAtomComplete(handler: MarkerHandler): Flow;
  allWithWrapper(wrapper: Wrapper): Flow;
}
