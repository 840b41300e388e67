import type { Handler, MarkerHandler } from '../application/handlers.ts';
import type { EventCause, EventSite } from '../contracts/notices.ts';
import { type Batch, EMPTY_BATCH } from '../values/batch.ts';
import { isolate } from '../values/isolate.ts';
import type { ExecutionHost } from './execution-host.ts';
import { type HandlerOwner, ignored, synchronous } from './handler-results.ts';
import type { Reply, Request } from './messages.ts';
import type { CompiledOperator } from './operators/compiled-operator.ts';
import { OPERATORS } from './operators/table.ts';
import type { Marker, TaskInput } from './task-input.ts';
import type { TaskRunner } from './task-runner.ts';

/** Runs the event handler for each event of `batch`; returns what it emitted. */
export function runEvents(task: TaskRunner, batch: Batch, host: ExecutionHost): Batch {
  if (batch.length === 0) return EMPTY_BATCH;
  if (host.instrumented || host.countsEvents) return runEventByEvent(task, batch, host);
  const { output, onNext, contextFree } = task.operator;
  return OPERATORS[output].run(task, onNext, batch, contextFree);
}

/** Runs the request handler for each of `requests`. */
export function runRequests(
  task: TaskRunner,
  requests: readonly Request[],
  host: ExecutionHost,
): Batch {
  task.open(true);
  const handler = task.operator.onRequest ?? withoutEffect;
  for (let index = 0; index < requests.length; index++) {
    const request = requests[index] as Request;
    task.setEvent(request.key, request);
    invoke(task, host, 'request', index, requests.length, isolate(request.value), handler);
  }
  return task.emitted();
}

/** Takes `replies` one after the other: each runs the continuations it completes. */
export function runReplies(
  task: TaskRunner,
  replies: readonly Reply[],
  host: ExecutionHost,
): Batch {
  task.open(true);
  for (let index = 0; index < replies.length; index++) {
    const reply = replies[index] as Reply;
    // Looked up only now, because a continuation may await a reply that comes after its own.
    for (const { key, replyingTo: answering, callback } of task.portalClient.resume(reply)) {
      task.setEvent(key, answering);
      if (!host.instrumented && !host.countsEvents) {
        ignored(callback(task.context), 'ctx => …', task.spec);
      } else {
        const handler = withoutValue(callback, task.spec);
        invoke(task, host, 'reply', index, replies.length, reply.value, handler);
      }
    }
  }
  return task.emitted();
}

/** Runs a marker's handler; what it emits belongs to the atom. */
export function runMarker(
  task: TaskRunner,
  { marker, ofSource, markerRounds }: TaskInput,
  host: ExecutionHost,
): Batch {
  const { operator } = task;
  const handler = markerHandler(operator, marker.kind, task.spec);
  if (handler !== undefined) {
    const key = task.currentKey();
    task.open(true);
    task.setEvent(key);
    const thrown = marker.kind === 'error' ? marker.thrown : undefined;
    if (marker.kind === 'atomComplete') task.portalClient.markerRounds = markerRounds + 1;
    invoke(task, host, marker.kind, 0, 1, thrown, handler);
  }
  // Operators alternate by atoms of the source: how messages are batched depends on the schedule.
  if (marker.kind === 'atomComplete' && ofSource) operator.endAtom?.(task.context);
  return handler === undefined ? EMPTY_BATCH : task.emitted();
}

function markerHandler(
  operator: CompiledOperator,
  cause: Marker['kind'],
  element: HandlerOwner,
): Handler | undefined {
  if (cause === 'error') return operator.onError;
  const handler = cause === 'complete' ? operator.onComplete : operator.onAtomComplete;
  return handler && withoutValue(handler, element);
}

/** A function of its own, so that the closure is allocated only where there is a handler. */
function withoutValue(handler: MarkerHandler, element: HandlerOwner): Handler {
  return (ctx) => () => ignored(handler(ctx), 'ctx => …', element);
}

const withoutEffect: Handler = () => () => undefined;

/** Calls a handler; notifies if the run is instrumented, and reaches the protocol point. */
function invoke(
  task: TaskRunner,
  host: ExecutionHost,
  cause: EventCause,
  index: number,
  count: number,
  value: unknown,
  handler: Handler,
  check: Check = checkSynchronous,
): unknown {
  if (!host.instrumented) {
    const result = handler(task.context)(value);
    check(task, result, index);
    if (host.countsEvents) host.reachPoint(task.workflow, 'process', task.spec.path);
    return result;
  }
  const about = { cause, index, count, key: task.currentKey(), value, task: task.spec.path };
  const site: EventSite = { ...about, step: host.stepIndex, unit: task.workflow };
  host.event = site;
  host.notify({ kind: 'before-event', site });
  const inner = handler(task.context);
  host.notify({ kind: 'enter-handler', site });
  const result = inner(value);
  check(task, result, index);
  host.notify({ kind: 'after-event', site });
  host.reachPoint(task.workflow, 'process', task.spec.path);
  host.event = undefined;
  return result;
}

/** Refuses what a handler must not have returned for the event of that index in its batch. */
type Check = (task: TaskRunner, result: unknown, index: number) => void;

function checkSynchronous(task: TaskRunner, result: unknown): void {
  synchronous(result, task.spec);
}

/** Runs the event handler event by event, where each is notified or may be one to crash at. */
function runEventByEvent(task: TaskRunner, batch: Batch, host: ExecutionHost): Batch {
  task.open(batch.keyed);
  const { onNext, output } = task.operator;
  const { check, publish } = OPERATORS[output];
  for (let index = 0; index < batch.length; index++) {
    task.setEvent(batch.keySources[index]);
    const value = batch.values[index];
    const result = invoke(task, host, 'event', index, batch.length, value, onNext, check);
    publish(task, value, result);
  }
  return task.emitted();
}
