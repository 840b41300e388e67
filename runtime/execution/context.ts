import { PortalsError } from '../errors.ts';
import { expectFunction, expectReference } from '../model/references.ts';
import { SHARED } from '../values/isolate.ts';
import type { Ask } from './messages.ts';
import { StateHandle } from './state-handle.ts';
import type { TaskExecution } from './task-execution.ts';

/**
 * What a handler gets as `ctx`: it emits, logs, reads and writes state, asks, awaits and replies,
 * on behalf of the task under the key of the event being handled.
 */
export class TaskContext {
  readonly [SHARED] = true;
  readonly #task: TaskExecution;
  /** The latest one made: handlers make the same handle for every event. */
  #keyHandle: StateHandle | undefined;

  /** Writes a line to the application's log, under the task's path. */
  readonly log: { info(value: unknown): void };
  /** Values of this task under the current key, by name. */
  readonly state: {
    get(name: unknown): unknown;
    set(name: unknown, value: unknown): void;
    del(name: unknown): void;
  };

  constructor(task: TaskExecution) {
    this.#task = task;
    this.log = { info: (value) => task.log(value) };
    this.state = {
      get: (name) => this.keyState(name).get(),
      set: (name, value) => this.keyState(name).set(value),
      del: (name) => this.keyState(name).del(),
    };
  }

  /** The key of the event being handled. */
  get key(): unknown {
    return this.#task.currentKey();
  }

  /** Emits `value` under the current key. */
  emit = (value: unknown): void => {
    this.#task.emit(value);
  };

  /** Emits each item, as `flatMap` does. */
  emitAll(items: unknown): void {
    for (const item of expectItems(items)) this.#task.emit(item);
  }

  /** Emits `value` under another key. */
  emitKeyed(key: unknown, value: unknown): void {
    this.#task.emitKeyed(key, value);
  }

  /** The values emitted while `run` runs, kept from what follows. */
  capture(run: () => unknown): unknown[] {
    return this.#task.capture(run);
  }

  /** The value under `name` and the current key, or `initial`. */
  keyState(name: unknown, initial?: unknown): StateHandle {
    const latest = this.#keyHandle;
    if (latest !== undefined && latest.name === name && latest.initial === initial) return latest;
    const handle = new StateHandle(this.#task, 'key', name, initial);
    this.#keyHandle = handle;
    return handle;
  }

  /** The task's value under `name`, or `initial`. */
  taskState(name: unknown, initial?: unknown): StateHandle {
    return new StateHandle(this.#task, 'task', name, initial);
  }

  /** Sends `request` to `portal` when the atom commits; the reply is read from the future. */
  ask(portal: unknown, request: unknown): Future {
    return new Future(this.#task.ask(expectReference('portal', portal, 'ctx.ask'), request));
  }

  /** Runs `continuation` when the reply to `future` has come, under the current key. */
  await(future: unknown, continuation: (ctx: TaskContext) => unknown): void {
    expectFunction(continuation, 'ctx.await', 'ctx => …');
    this.#task.suspend([askOf(future)], continuation);
  }

  /** Runs `continuation` when all replies have come. */
  awaitAll(futures: Iterable<unknown>, continuation: (ctx: TaskContext) => unknown): void {
    expectFunction(continuation, 'ctx.awaitAll', 'ctx => …');
    this.#task.suspend([...futures].map(askOf), continuation);
  }

  /** Answers the request being handled, also from within a continuation. */
  reply(value: unknown): void {
    this.#task.reply(value);
  }

  /** The reply to `ask`, inside a continuation that awaited it. */
  received(ask: Ask): unknown {
    return this.#task.receivedFor(ask);
  }
}

/** The promise of a reply: `future.value(ctx)` reads it inside the continuation. */
export class Future {
  readonly [SHARED] = true;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** @throws PortalsError PORTALS_NO_VALUE_YET before the reply has come */
  value(ctx: TaskContext): unknown {
    return ctx.received(this.#ask);
  }

  static askOf(future: Future): Ask {
    return future.#ask;
  }
}

function askOf(future: unknown): Ask {
  if (future instanceof Future) return Future.askOf(future);
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    'ctx.await expects a future; pass what ctx.ask(portal, request) returned',
  );
}

function expectItems(items: unknown): Iterable<unknown> {
  const candidate = items as Partial<Iterable<unknown>> | null | undefined;
  if (typeof candidate?.[Symbol.iterator] === 'function') return candidate as Iterable<unknown>;
  throw new PortalsError('PORTALS_WRONG_KIND', 'flatMap expects the handler to return an array');
}
