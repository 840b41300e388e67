import type { HandlerContext, MarkerHandler } from '../application/handlers.ts';
import { expectFunction, expectReference } from '../application/references.ts';
import type * as api from '../contracts/authors-api.ts';
import { PortalsError } from '../contracts/errors.ts';
import { SHARED } from '../values/isolate.ts';
import type { Request } from './messages.ts';
import type { RunningTask } from './running-task.ts';

/**
 * What a handler gets as `ctx`: it emits, logs, reads and writes state, asks, awaits and replies,
 * on behalf of the task under the key of the event being handled.
 */
export class TaskContext implements HandlerContext, api.AskerReplierContext<unknown, unknown> {
  get [SHARED](): true {
    return true;
  }
  readonly #task: RunningTask;

  /** Writes a line to the application's log, under the task's path. */
  readonly log: { info(...values: unknown[]): void };
  /** Values of this task under the current key, by name. */
  readonly state: api.TaskContext<unknown>['state'];

  constructor(task: RunningTask) {
    this.#task = task;
    this.log = { info: (...values) => task.log(...values) };
    this.state = {
      get: <Value>(name: string) => task.keyState(name).get() as Value,
      set: (name, value) => task.keyState(name).set(value),
      del: (name) => task.keyState(name).del(),
    };
  }

  static taskOf(ctx: TaskContext): RunningTask {
    return ctx.#task;
  }

  /** The key of the event being handled. */
  get key(): api.Key {
    return this.#task.currentKey() as api.Key;
  }

  /** Emits `value` under the current key. */
  emit = (value: unknown): void => {
    this.#task.emit(value);
  };

  /** Sends `request` to `portal` when the atom commits; the reply is read from the future. */
  ask<Reply>(portal: unknown, request: unknown): Future<Reply> {
    return new Future<Reply>(this.#task.ask(expectReference('portal', portal, 'ctx.ask'), request));
  }

  /** Runs `continuation` when the reply to `future` has come, under the current key. */
  await(future: unknown, continuation: (ctx: this) => unknown): void {
    expectFunction(continuation, 'ctx.await', 'ctx => …');
    this.#task.await([requestOf(future)], continuation as MarkerHandler);
  }

  /** Runs `continuation` when all replies have come. */
  awaitAll(futures: Iterable<unknown>, continuation: (ctx: this) => unknown): void {
    expectFunction(continuation, 'ctx.awaitAll', 'ctx => …');
    this.#task.await([...futures].map(requestOf), continuation as MarkerHandler);
  }

  /** Replies to the request being handled, also from within a continuation. */
  reply(value: unknown): void {
    this.#task.reply(value);
  }
}

/** The task behind a context: operators and the runtime reach it, authors do not. */
export function taskOf(ctx: HandlerContext): RunningTask {
  // Every context that handlers get is one, and another object would be refused here.
  return TaskContext.taskOf(ctx as TaskContext);
}

/** The promise of a reply: `future.value(ctx)` reads it inside the continuation. */
class Future<Reply = unknown> implements api.Future<Reply> {
  get [SHARED](): true {
    return true;
  }
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  /** @throws PortalsError PORTALS_NO_VALUE_YET before the reply has come */
  value(ctx: unknown): Reply {
    if (ctx instanceof TaskContext) return taskOf(ctx).replyValue(this.#request) as Reply;
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      "future.value expects the continuation's ctx; call future.value(ctx)",
    );
  }

  static requestOf(future: Future): Request {
    return future.#request;
  }
}

function requestOf(future: unknown): Request {
  if (future instanceof Future) return Future.requestOf(future);
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    'ctx.await expects a future; pass what ctx.ask(portal, request) returned',
  );
}
