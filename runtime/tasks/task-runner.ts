import type { TaskSpec } from '../application/application.ts';
import type { HandlerContext, MarkerHandler } from '../application/handlers.ts';
import type { PortalReference } from '../application/references.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import type { Path } from '../contracts/paths.ts';
import { Batch, EMPTY_BATCH } from '../values/batch.ts';
import { isolate } from '../values/isolate.ts';
import { impliedKey, keyFrom } from '../values/key.ts';
import { makeStateStore } from './attempts/state-observer.ts';
import { TaskContext } from './context.ts';
import type { ExecutionHost } from './execution-host.ts';
import { expectItems, KEY_OF_MARKER, outsideHandler } from './handler-results.ts';
import { loggedText } from './logged-text.ts';
import { type Loops, ownLoops } from './loops.ts';
import type { MapResults } from './map-results.ts';
import type { Request } from './messages.ts';
import type { Deferred, Pipe } from './nested-handlers.ts';
import { compile } from './operators/compile.ts';
import type { CompiledOperator } from './operators/compiled-operator.ts';
import type { PortalClient } from './portal-client.ts';
import type { RunningTask } from './running-task.ts';
import { StateHandle, type StateOwner, type StateScope } from './state-handle.ts';
import { type StateStore, saveWorkingCopies } from './state-store.ts';
import type { TaskInput } from './task-input.ts';

/**
 * One task of a running workflow: its state, and what its handlers do while they run. The context's
 * operations reach the task through it. Whatever a handler calls restores the key, the request
 * being answered, the pipe and the deferred events when it ends, also by an exception: the program
 * may catch it and continue.
 */
export class TaskRunner implements RunningTask, StateOwner {
  readonly spec: TaskSpec;
  readonly operator: CompiledOperator;
  readonly workflow: Path;
  readonly context: HandlerContext;
  readonly keyStores = new Map<unknown, StateStore>();
  readonly taskStores = new Map<unknown, StateStore>();
  readonly #stores: StateStore[] = [];
  readonly #host: ExecutionHost;
  readonly portalClient: PortalClient;
  /** The key of the event being handled, or the value that implies it: set by the loops. */
  keySource: unknown = KEY_OF_MARKER;
  #loops: Loops | undefined;
  /** Where what is emitted is collected; undefined while the task handles nothing. */
  #output: Batch | undefined;
  #keyed = true;
  /** Where a map's results are collected, apart from what its handler emits by itself. */
  #mapped: MapResults | undefined;
  #pipe: Pipe | undefined;
  /** The request being handled, which `reply` answers. */
  #replyingTo: Request | undefined;
  #deferred: Deferred[] | undefined;
  /** The latest handle made: handlers make the same one for every event. */
  #keyHandle: StateHandle | undefined;

  constructor(spec: TaskSpec, workflow: Path, portalClient: PortalClient, host: ExecutionHost) {
    this.spec = spec;
    this.operator = compile(spec.operator);
    this.workflow = workflow;
    this.portalClient = portalClient;
    this.#host = host;
    this.context = new TaskContext(this);
  }

  get loops(): Loops {
    this.#loops ??= ownLoops();
    return this.#loops;
  }

  /** Begins the task's part of a step, in which no event has been handled yet. */
  begin(input: TaskInput): void {
    this.portalClient.begin(input);
    this.portalClient.markerRounds = input.markerRounds;
    this.#keyed = true;
    this.setEvent(KEY_OF_MARKER);
  }

  open(keyed: boolean): void {
    this.#keyed = keyed;
    this.#replyingTo = undefined;
    this.#mapped = undefined;
    // Many handlers emit nothing, or are maps; for the others `output` makes a batch.
    this.#output = EMPTY_BATCH;
  }

  /** Where what is emitted is collected; the task handles a batch. */
  output(): Batch {
    const output = this.#output;
    if (output === undefined) throw outsideHandler('ctx.emit', this.spec.path);
    if (output !== EMPTY_BATCH) return output;
    this.#output = new Batch([], [], this.#keyed);
    return this.#output;
  }

  openImplied(): Batch {
    this.#keyed = false;
    this.#replyingTo = undefined;
    const values: unknown[] = [];
    this.#output = new Batch(values, values);
    return this.#output;
  }

  openMap(keyed: boolean, mapped: MapResults): void {
    this.open(keyed);
    this.#mapped = mapped;
  }

  emitted(): Batch {
    return this.#output ?? EMPTY_BATCH;
  }

  /** Ends the task's part of a step: saves its state, or throws the error of what cannot be. */
  close(): void {
    const refused = this.closeAfterFailure();
    if (refused !== undefined) throw refused.thrown;
  }

  /** Returns the error instead: the failure before it is reported. */
  closeAfterFailure(): { readonly thrown: unknown } | undefined {
    this.#output = undefined;
    this.#replyingTo = undefined;
    this.#pipe = undefined;
    this.portalClient.finish();
    return saveWorkingCopies(this.#stores);
  }

  /** Drops what the task did since `begin`, after a crash. */
  abort(): void {
    this.#output = undefined;
    this.#pipe = undefined;
    this.#deferred = undefined;
    this.#replyingTo = undefined;
    this.portalClient.finish();
    for (const store of this.#stores) store.dropWorkingCopies();
  }

  /** The event that the following calls are for: its key, or the value that implies the key. */
  setEvent(keySource: unknown, replyingTo?: Request): void {
    this.keySource = keySource;
    this.#replyingTo = replyingTo;
  }

  currentKey(): unknown {
    return this.#keyed ? this.keySource : impliedKey(this.keySource);
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

  emitAll(items: unknown): void {
    for (const item of expectItems(items)) this.emit(item);
  }

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
      // What was emitted before an exception counts, as it does for a task downstream.
      this.#deliver(pipe);
    }
  }

  #deliver({ emitted, into }: Pipe): void {
    const [keySource, keyed] = [this.keySource, this.#keyed];
    try {
      for (const event of emitted) {
        if ('key' in event) {
          this.keySource = event.key;
          this.#keyed = true;
        }
        into(event.value);
        this.keySource = keySource;
        this.#keyed = keyed;
      }
    } finally {
      this.keySource = keySource;
      this.#keyed = keyed;
    }
  }

  reprocess(events: readonly unknown[], putBack: Deferred['putBack']): void {
    if (this.#deferred !== undefined) {
      this.#deferred.push({ events, putBack });
      return;
    }
    const replyingTo = this.#replyingTo;
    this.#replyingTo = undefined;
    let handled = 0;
    try {
      for (const event of events) {
        handled += 1;
        this.operator.process(this.context)(event);
      }
    } finally {
      this.#replyingTo = replyingTo;
      if (handled < events.length) putBack(events.slice(handled));
    }
  }

  deferReprocessing(run: () => void): void {
    const outer = this.#deferred;
    const deferred: Deferred[] = [];
    this.#deferred = deferred;
    try {
      run();
    } finally {
      this.#deferred = outer;
      if (deferred.length > 0) this.#reprocessAll(deferred);
    }
  }

  #reprocessAll(deferred: readonly Deferred[]): void {
    let done = 0;
    try {
      for (const { events, putBack } of deferred) {
        done += 1;
        this.reprocess(events, putBack);
      }
    } finally {
      for (const { events, putBack } of deferred.slice(done)) putBack(events);
    }
  }

  keyState(name: unknown, initial?: unknown): StateHandle {
    this.expectHandling('state');
    const latest = this.#keyHandle;
    if (latest !== undefined && latest.name === name && latest.initial === initial) return latest;
    const handle = new StateHandle(this, 'key', name, initial);
    this.#keyHandle = handle;
    return handle;
  }

  taskState(name: unknown, initial?: unknown): StateHandle {
    this.expectHandling('state');
    return new StateHandle(this, 'task', name, initial);
  }

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
    const about = { task: this.spec.path, state: String(name), scope };
    const made = makeStateStore(this.#host, this.portalClient, about);
    stores.set(name, made);
    this.#stores.push(made);
    this.#host.notify({ kind: 'state-made', ...about });
    return made;
  }

  log(...values: unknown[]): void {
    this.expectHandling('ctx.log');
    const about = { kind: 'log', path: this.spec.path, ...loggedText(values) } as const;
    const site = this.#host.instrumented ? captureCallSite() : undefined;
    const line = site === undefined ? about : { ...about, site };
    const { stepIndex: step, attempt } = this.#host;
    this.#host.effects.addLine(line);
    if (this.#host.instrumented) this.#host.notify({ ...line, step, attempt });
  }

  ask(portal: PortalReference, request: unknown): Request {
    this.expectHandling('ctx.ask');
    return this.portalClient.ask(portal, request, this.currentKey());
  }

  await(requests: readonly Request[], continuation: MarkerHandler): void {
    this.expectHandling('ctx.await');
    const piped = this.#piped(continuation);
    const waits = this.portalClient.await(requests, piped, this.#replyingTo);
    if (!waits) continuation(this.context);
  }

  reply(value: unknown): void {
    this.expectHandling('ctx.reply');
    this.portalClient.reply(this.#replyingTo, value);
  }

  /** A continuation emits into the pipes it was registered in. */
  #piped(callback: MarkerHandler): MarkerHandler {
    let piped = callback;
    for (let pipe = this.#pipe; pipe !== undefined; pipe = pipe.outer) {
      const [inner, { into }] = [piped, pipe];
      piped = (ctx) => this.pipe(() => inner(ctx), into);
    }
    return piped;
  }

  replyValue(request: Request): unknown {
    return this.portalClient.replyValue(request);
  }

  #publishable(output: Batch, value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    output.hasObjects = true;
    return isolate(value);
  }

  #giveKeys(output: Batch): void {
    const { keySources } = output;
    for (let at = 0; at < keySources.length; at++) keySources[at] = impliedKey(keySources[at]);
    output.keyed = true;
  }

  /** @throws PortalsError PORTALS_CONTEXT_OUTSIDE_HANDLER unless a handler of the task runs */
  expectHandling(operation: string): void {
    if (this.#output === undefined) throw outsideHandler(operation, this.spec.path);
  }
}
