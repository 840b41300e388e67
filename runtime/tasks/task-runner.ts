import type { TaskSpec } from '../application/application.ts';
import { asProcessor } from '../application/operator.ts';
import type { PortalReference } from '../application/references.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { Path } from '../contracts/paths.ts';
import { textOf } from '../format/text.ts';
import { RecordingPortalClient } from '../recovery/recording-portal-client.ts';
import { Batch, EMPTY_BATCH } from '../values/batch.ts';
import { hashValue, keyFrom } from '../values/hash.ts';
import { isolate } from '../values/isolate.ts';
import { TaskContext } from './context.ts';
import type { Continuations } from './continuations.ts';
import type { ExecutionHost } from './execution-host.ts';
import { type Loops, ownLoops } from './loops.ts';
import type { MapResults } from './map-results.ts';
import type { Continuation, Request } from './messages.ts';
import { PortalClient } from './portal-client.ts';
import { StateHandle, type StateScope } from './state-handle.ts';
import { StateStore } from './state-store.ts';

/** The key under which a marker's handler runs when its atom had no event. */
const KEY_OF_MARKER = 0;

/** Collects what is emitted for the second of two chained handlers. */
interface Pipe {
  readonly emitted: { readonly value: unknown; readonly key?: unknown }[];
  readonly into: (value: unknown) => unknown;
  readonly outer: Pipe | undefined;
}

/**
 * One task of a running workflow: its state, and what its handlers do while they run. `invoke`
 * runs a handler; the context's operations reach the task through the other methods.
 */
export class TaskRunner {
  readonly spec: TaskSpec;
  readonly workflow: Path;
  readonly context: TaskContext;
  readonly keyStores = new Map<unknown, StateStore>();
  readonly taskStores = new Map<unknown, StateStore>();
  readonly #stores: StateStore[] = [];
  readonly #world: ExecutionHost;
  readonly portalClient: PortalClient;
  /** Of tasks with continuations that may have to be made anew. */
  readonly recorder: RecordingPortalClient | undefined;
  /** The key of the event being handled, or the value that implies it: set by the loops. */
  keySource: unknown = KEY_OF_MARKER;
  #loops: Loops | undefined;
  #output: Batch | undefined;
  #keyed = true;
  /** Where a map's results are collected, apart from what its handler emits by itself. */
  #mapped: MapResults | undefined;
  #pipe: Pipe | undefined;
  #answering: Request | undefined;
  /** Events to handle again when the part of a handler under way is done. */
  #held: unknown[] | undefined;
  /** The latest one made: handlers make the same handle for every event. */
  #keyHandle: StateHandle | undefined;

  constructor(spec: TaskSpec, workflow: Path, suspensions: Continuations, world: ExecutionHost) {
    this.spec = spec;
    this.workflow = workflow;
    this.recorder =
      world.recordsActivations && spec.asks.length > 0
        ? new RecordingPortalClient(spec, workflow, suspensions, world)
        : undefined;
    this.portalClient = this.recorder ?? new PortalClient(spec, workflow, suspensions, world);
    this.#world = world;
    this.context = new TaskContext(this);
  }

  /** The loops that run this task's handlers. */
  get loops(): Loops {
    this.#loops ??= ownLoops();
    return this.#loops;
  }

  /** Begins the task's part of a step, in which no event has been handled yet. */
  begin(): void {
    this.#keyed = true;
    this.setEvent(KEY_OF_MARKER);
  }

  /** Begins a batch of events with or without own keys; what is emitted is collected. */
  open(keyed: boolean): void {
    this.#keyed = keyed;
    this.#answering = undefined;
    this.#mapped = undefined;
    // Many handlers emit nothing, or are maps; for the others `output` makes a batch.
    this.#output = EMPTY_BATCH;
  }

  /** Where what is emitted is collected; the task handles a batch. */
  output(): Batch {
    const output = this.#output ?? this.#outside('emit');
    if (output !== EMPTY_BATCH) return output;
    this.#output = new Batch([], [], this.#keyed);
    return this.#output;
  }

  /** As `open`, for events that imply their keys by their values and are emitted as they are. */
  openImplied(): Batch {
    this.#keyed = false;
    this.#answering = undefined;
    const values: unknown[] = [];
    this.#output = new Batch(values, values);
    return this.#output;
  }

  /** As `open`, for a map, whose results are `mapped`. */
  openMap(keyed: boolean, mapped: MapResults): void {
    this.open(keyed);
    this.#mapped = mapped;
  }

  /** What the handlers have emitted since `open`. */
  emitted(): Batch {
    return this.#output ?? EMPTY_BATCH;
  }

  /** Ends the batch: the context no longer accepts anything, and state changes are taken over. */
  close(): void {
    this.#output = undefined;
    this.#answering = undefined;
    this.#pipe = undefined;
    this.recorder?.finish();
    for (const store of this.#stores) store.settle();
  }

  /** Gives the batch up after an error or a crash. */
  abort(): void {
    this.#output = undefined;
    this.#pipe = undefined;
    this.#held = undefined;
    this.#answering = undefined;
    this.recorder?.finish();
    for (const store of this.#stores) store.discard();
  }

  /** Says which event the following calls are for. `mark` is its key, or what implies the key. */
  setEvent(mark: unknown, answering?: Request): void {
    this.keySource = mark;
    this.#answering = answering;
  }

  currentKey(): unknown {
    return this.#keyed ? this.keySource : hashValue(this.keySource);
  }

  emit(value: unknown): void {
    if (this.#pipe !== undefined) {
      this.#pipe.emitted.push({ value: isolate(value) });
      return;
    }
    const output = this.output();
    if (this.#mapped !== undefined) this.#mapped.moveTo(output);
    if (this.#keyed && !output.keyed) this.#giveKeys(output);
    output.keySources.push(output.keyed === this.#keyed ? this.keySource : this.currentKey());
    output.values.push(this.#publishable(output, value));
  }

  /** Emits each item, as `flatMap` does. */
  emitAll(items: unknown): void {
    for (const item of expectItems(items)) this.emit(item);
  }

  /** Emits `value` under another key. */
  emitKeyed(key: unknown, value: unknown): void {
    const own = keyFrom(key);
    if (this.#pipe !== undefined) {
      this.#pipe.emitted.push({ value: isolate(value), key: own });
      return;
    }
    const output = this.output();
    if (!output.keyed) this.#giveKeys(output);
    output.keySources.push(own);
    output.values.push(this.#publishable(output, value));
  }

  /** Hands what `run` emits, now or in continuations it registers, to `into` instead. */
  pipe(run: () => unknown, into: (value: unknown) => unknown): void {
    this.deferReprocessing(() => this.#pipeNow(run, into));
  }

  #pipeNow(run: () => unknown, into: (value: unknown) => unknown): void {
    const pipe: Pipe = { emitted: [], into, outer: this.#pipe };
    this.#pipe = pipe;
    try {
      run();
    } finally {
      this.#pipe = pipe.outer;
    }
    const [mark, keyed] = [this.keySource, this.#keyed];
    for (const event of pipe.emitted) {
      if ('key' in event) {
        this.keySource = event.key;
        this.#keyed = true;
      }
      into(event.value);
      this.keySource = mark;
      this.#keyed = keyed;
    }
  }

  /** Has the task handle events once more, of the current key: now, or at the end of `hold`. */
  reprocess(events: readonly unknown[]): void {
    if (this.#held !== undefined) {
      this.#held.push(...events);
      return;
    }
    const answering = this.#answering;
    this.#answering = undefined;
    for (const event of events) asProcessor(this.spec.operator)(this.context)(event);
    this.#answering = answering;
  }

  /** Runs a part of a handler to its end before what it wants handled again. */
  deferReprocessing(run: () => void): void {
    const outer = this.#held;
    const held: unknown[] = [];
    this.#held = held;
    run();
    this.#held = outer;
    if (held.length > 0) this.reprocess(held);
  }

  /** The value under `name` and the current key, or `initial`. */
  keyState(name: unknown, initial?: unknown): StateHandle {
    if (this.#output === undefined) this.#outside('state');
    const latest = this.#keyHandle;
    if (latest !== undefined && latest.name === name && latest.initial === initial) return latest;
    const handle = new StateHandle(this, 'key', name, initial);
    this.#keyHandle = handle;
    return handle;
  }

  /** The task's value under `name`, or `initial`. */
  taskState(name: unknown, initial?: unknown): StateHandle {
    if (this.#output === undefined) this.#outside('state');
    return new StateHandle(this, 'task', name, initial);
  }

  /** Deletes all state under the current key. */
  deleteKey(): void {
    const key = this.currentKey();
    for (const store of this.keyStores.values()) store.delete(key);
  }

  /** All state of the task. */
  get stores(): readonly StateStore[] {
    return this.#stores;
  }

  store(scope: StateScope, name: unknown): StateStore {
    const stores = scope === 'key' ? this.keyStores : this.taskStores;
    const known = stores.get(name);
    if (known !== undefined) return known;
    const made = new StateStore(this.#world.epoch, this.recorder);
    stores.set(name, made);
    this.#stores.push(made);
    this.#world.notify({ kind: 'state-made', task: this.spec.path, scope, state: String(name) });
    return made;
  }

  log(value: unknown): void {
    if (this.#output === undefined) this.#outside('log');
    const about = { kind: 'log', path: this.spec.path, message: textOf(value) } as const;
    const site = this.#world.instrumented ? captureCallSite() : undefined;
    const line = site === undefined ? about : { ...about, site };
    const { stepIndex: step, attempt } = this.#world;
    this.#world.effects.addLine(line);
    if (this.#world.instrumented) this.#world.notify({ ...line, step, attempt });
  }

  ask(portal: PortalReference, request: unknown): Request {
    if (this.#output === undefined) this.#outside('ask');
    return this.portalClient.ask(portal, request, this.currentKey());
  }

  await(asks: readonly Request[], callback: (ctx: TaskContext) => unknown): void {
    if (this.#output === undefined) this.#outside('await');
    const waits = this.portalClient.await(asks, this.#piped(callback), this.#answering);
    if (!waits) callback(this.context);
  }

  reply(value: unknown): void {
    if (this.#output === undefined) this.#outside('reply');
    this.portalClient.reply(this.#answering, value);
  }

  /** A continuation emits into the pipes it was registered in. */
  #piped(callback: Continuation['callback']): Continuation['callback'] {
    let piped = callback;
    for (let pipe = this.#pipe; pipe !== undefined; pipe = pipe.outer) {
      const [inner, { into }] = [piped, pipe];
      piped = (ctx) => this.pipe(() => inner(ctx), into);
    }
    return piped;
  }

  #publishable(output: Batch, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    output.hasObjects = true;
    return isolate(value);
  }

  #giveKeys(output: Batch): void {
    for (let at = 0; at < output.keySources.length; at++)
      output.keySources[at] = hashValue(output.keySources[at]);
    output.keyed = true;
  }

  #outside(operation: string): never {
    throw new PortalsError(
      'PORTALS_CONTEXT_OUTSIDE_HANDLER',
      `ctx.${operation} of the task ${this.spec.path} is called while it handles nothing; ` +
        'use ctx only inside the handler it was given to',
      { path: this.spec.path },
    );
  }
}

/** Checks what a `flatMap`'s handler returned. */
export function expectItems(items: unknown): Iterable<unknown> {
  const candidate = items as Partial<Iterable<unknown>> | null | undefined;
  if (typeof candidate?.[Symbol.iterator] === 'function') return candidate as Iterable<unknown>;
  throw new PortalsError('PORTALS_WRONG_KIND', 'flatMap expects the handler to return an array');
}
