import type { Handler, MarkerHandler, Operator, OperatorOutput } from '../application/operator.ts';
import type { EventCause, EventSite } from '../contracts/notices.ts';
import type { Marker } from '../recovery/activation.ts';
import { Batch, EMPTY_BATCH } from '../values/batch.ts';
import { hashValue } from '../values/hash.ts';
import { isolate } from '../values/isolate.ts';
import type { ExecutionHost } from './execution-host.ts';
import { accepts, ended, givenKey, type HandlerOwner, synchronous } from './handler-results.ts';
import { MapResults } from './map-results.ts';
import type { Reply, Request } from './messages.ts';
import { expectItems, type TaskRunner } from './task-runner.ts';

/** Runs the event handler for each event of `batch`; returns what it emitted. */
export function runEvents(task: TaskRunner, batch: Batch, world: ExecutionHost): Batch {
  if (batch.length === 0) return EMPTY_BATCH;
  const { operator: behaviour } = task.spec;
  if (world.instrumented) return runEventsTold(task, behaviour, batch, world);
  switch (behaviour.output) {
    case 'value':
      return runMap(task, behaviour.onNext, batch);
    case 'accept':
      return runFilter(task, behaviour.onNext, batch);
    case 'key':
      return runKey(task, behaviour.onNext, batch);
    case 'items':
      return runFlatMap(task, behaviour.onNext, batch);
    case 'ignored':
      return runProcessor(task, behaviour.onNext, batch);
  }
}

/** Runs the request handler for each of `asks`. */
export function runRequests(
  task: TaskRunner,
  asks: readonly Request[],
  world: ExecutionHost,
): Batch {
  task.open(true);
  const handler = task.spec.operator.onRequest ?? ignoring;
  for (let index = 0; index < asks.length; index++) {
    const ask = asks[index] as Request;
    task.setEvent(ask.key, ask);
    invoke(task, world, 'request', index, asks.length, isolate(ask.value), handler);
  }
  return task.emitted();
}

/** Hands over `replies`, one after the other: each runs the continuations it completes. */
export function runReplies(
  task: TaskRunner,
  replies: readonly Reply[],
  world: ExecutionHost,
): Batch {
  task.open(true);
  for (let index = 0; index < replies.length; index++) {
    const reply = replies[index] as Reply;
    // Looked up only now, because a continuation may await a reply that comes after its own.
    for (const { key, replyingTo: answering, callback } of task.portalClient.resume(reply)) {
      task.setEvent(key, answering);
      if (!world.instrumented) ended(callback(task.context), 'ctx => …', task.spec);
      else {
        const handler = withoutValue(callback, task.spec);
        invoke(task, world, 'reply', index, replies.length, reply.value, handler);
      }
    }
  }
  return task.emitted();
}

/** Runs a marker's handler; what it emits belongs to the atom. */
export function runMarker(task: TaskRunner, marker: Marker, world: ExecutionHost): Batch {
  const { operator: behaviour } = task.spec;
  const handler = markerHandler(behaviour, marker.kind, task.spec);
  if (handler !== undefined) {
    const key = task.currentKey();
    task.open(true);
    task.setEvent(key);
    const thrown = marker.kind === 'error' ? marker.thrown : undefined;
    invoke(task, world, marker.kind, 0, 1, thrown, handler);
  }
  if (marker.kind === 'atomComplete') behaviour.endAtom?.(task.context);
  return handler === undefined ? EMPTY_BATCH : task.emitted();
}

function markerHandler(
  behaviour: Operator,
  cause: Marker['kind'],
  element: HandlerOwner,
): Handler | undefined {
  if (cause === 'error') return behaviour.onError;
  const handler = cause === 'complete' ? behaviour.onComplete : behaviour.onAtomComplete;
  return handler && withoutValue(handler, element);
}

/** Apart, so that a closure's room is made only where there is a handler. */
function withoutValue(handler: MarkerHandler, element: HandlerOwner): Handler {
  return (ctx) => () => ended(handler(ctx), 'ctx => …', element);
}

const ignoring: Handler = () => () => undefined;

/** Calls a handler, telling the debugger and passing the protocol point if that is asked for. */
function invoke(
  task: TaskRunner,
  world: ExecutionHost,
  cause: EventCause,
  index: number,
  count: number,
  value: unknown,
  handler: Handler,
  check: Check = expectSynchronous,
): unknown {
  if (!world.instrumented) return synchronous(handler(task.context)(value), task.spec);
  const about = { cause, index, count, key: task.currentKey(), value, task: task.spec.path };
  const site: EventSite = { ...about, step: world.stepIndex, unit: task.workflow };
  world.event = site;
  world.notify({ kind: 'before-event', site });
  const inner = handler(task.context);
  world.notify({ kind: 'enter-handler', site });
  const result = inner(value);
  check(task, result, index);
  world.notify({ kind: 'after-event', site });
  world.reachPoint(task.workflow, 'process', task.spec.path);
  world.event = undefined;
  return result;
}

function runEventsTold(
  task: TaskRunner,
  behaviour: Operator,
  batch: Batch,
  world: ExecutionHost,
): Batch {
  task.open(batch.keyed);
  const { onNext } = behaviour;
  const check = CHECKS[behaviour.output];
  for (let index = 0; index < batch.length; index++) {
    task.setEvent(batch.keySources[index]);
    const value = batch.values[index];
    const result = invoke(task, world, 'event', index, batch.length, value, onNext, check);
    finish(task, behaviour, value, result);
  }
  return task.emitted();
}

/** Refuses what a handler must not have returned for the event of that index in its batch. */
type Check = (task: TaskRunner, result: unknown, index: number) => void;

const CHECKS: Record<OperatorOutput, Check> = {
  ignored: expectNothing,
  value: expectSynchronous,
  items: (task, result) => expectItems(synchronous(result, task.spec)),
  accept: expectVerdict,
  key(task, result, index) {
    expectSynchronous(task, result);
    if (index === 0) expectKeys(task, result);
  },
};

/** Does with the handler's result what the kind of task says. */
function finish(task: TaskRunner, behaviour: Operator, value: unknown, result: unknown): void {
  switch (behaviour.output) {
    case 'ignored':
      break;
    case 'value':
      task.emit(result);
      break;
    case 'items':
      task.emitAll(result);
      break;
    case 'accept':
      if (result) task.emit(value);
      break;
    case 'key':
      task.emitKeyed(result, value);
  }
}

/** A processor emits by itself, and usually returns nothing. */
function runProcessor(task: TaskRunner, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  task.loops.each(task, task.context, onNext, batch.values, batch.keySources, expectNothing);
  return task.emitted();
}

function expectSynchronous(task: TaskRunner, result: unknown): void {
  synchronous(result, task.spec);
}

function expectNothing(task: TaskRunner, result: unknown): void {
  ended(result, 'ctx => value => …', task.spec);
}

function expectVerdict(task: TaskRunner, result: unknown): void {
  accepts(result, task.spec);
}

function runMap(task: TaskRunner, onNext: Handler, batch: Batch): Batch {
  const mapped = new MapResults(batch);
  task.openMap(batch.keyed, mapped);
  const { keySources: marks, values } = batch;
  const { results } = mapped;
  try {
    const objects = task.loops.map(task, task.context, onNext, values, marks, results, admitResult);
    return mapped.finish(task.emitted(), objects);
  } catch (thrown) {
    // The events before the one that threw count as emitted.
    mapped.moveTo(task.output());
    throw thrown;
  }
}

/** Re-keying leaves the values as they are. */
function runKey(task: TaskRunner, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  const { keySources: marks, values, hasObjects: objects } = batch;
  const keys: unknown[] = new Array(values.length);
  try {
    task.loops.map(task, task.context, onNext, values, marks, keys, hashKey);
  } catch (thrown) {
    const output = task.output();
    append(output, values, keys, filled(keys));
    output.keyed = true;
    output.hasObjects = objects;
    throw thrown;
  }
  expectKeys(task, keys[0]);
  return new Batch(values, keys, true, objects);
}

/** How many results there are before the first that is missing. */
function filled(results: readonly unknown[]): number {
  let count = 0;
  while (count < results.length && count in results) count += 1;
  return count;
}

function append(
  output: Batch,
  values: readonly unknown[],
  marks: readonly unknown[],
  count: number,
): void {
  for (let index = 0; index < count; index++) {
    output.values.push(values[index]);
    output.keySources.push(marks[index]);
  }
}

/** A function of keys that was written with a context shows itself at the first event. */
function expectKeys(task: TaskRunner, first: unknown): void {
  if (typeof first === 'function') givenKey(first, task.spec);
}

function hashKey(task: TaskRunner, key: object): unknown {
  return hashValue(synchronous(key, task.spec));
}

/** Each item is an event under the key of the one it was made from. */
function runFlatMap(task: TaskRunner, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  const { values, keySources: marks } = batch;
  task.loops.flatMap(task, task.context, onNext, values, marks, emitItems);
  return task.emitted();
}

function emitItems(task: TaskRunner, items: unknown): void {
  task.emitAll(synchronous(items, task.spec));
}

function admitResult(task: TaskRunner, result: object): unknown {
  return isolate(synchronous(result, task.spec));
}

/** A filter emits the events it accepts as they are. */
function runFilter(task: TaskRunner, onNext: Handler, batch: Batch): Batch {
  const { keySources: marks, values, keyed } = batch;
  if (keyed || marks !== values) {
    task.open(keyed);
    const output = task.output();
    output.hasObjects = batch.hasObjects;
    const { values: kept, keySources: keys } = output;
    task.loops.filter(task, task.context, onNext, values, marks, kept, keys, expectVerdict);
    return output;
  }
  const output = task.openImplied();
  task.loops.keep(task, task.context, onNext, values, output.values, expectVerdict);
  return output;
}
