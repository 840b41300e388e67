import type { Behaviour, Handler, MarkerHandler, Result } from '../application/behaviour.ts';
import type { EventCause, EventSite } from '../contracts/notices.ts';
import type { Marker } from '../recovery/activation.ts';
import { hashValue } from '../values/hash.ts';
import { isolate } from '../values/isolate.ts';
import { Batch, EMPTY_BATCH } from './batch.ts';
import type { World } from './execution-host.ts';
import { accepts, ended, givenKey, type HandlerOf, synchronous } from './handler-results.ts';
import { MapResults } from './map-results.ts';
import type { Ask, Reply } from './messages.ts';
import { expectItems, type TaskExecution } from './task-runner.ts';

/** Runs the event handler for each event of `batch`; returns what it emitted. */
export function runEvents(task: TaskExecution, batch: Batch, world: World): Batch {
  if (batch.length === 0) return EMPTY_BATCH;
  const { behaviour } = task.spec;
  if (world.instrumented) return runEventsTold(task, behaviour, batch, world);
  switch (behaviour.result) {
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
export function runRequests(task: TaskExecution, asks: readonly Ask[], world: World): Batch {
  task.open(true);
  const handler = task.spec.behaviour.onRequest ?? ignoring;
  for (let index = 0; index < asks.length; index++) {
    const ask = asks[index] as Ask;
    task.position(ask.key, ask);
    invoke(task, world, 'request', index, asks.length, isolate(ask.value), handler);
  }
  return task.emitted();
}

/** Hands over `replies`, one after the other: each runs the continuations it completes. */
export function runReplies(task: TaskExecution, replies: readonly Reply[], world: World): Batch {
  task.open(true);
  for (let index = 0; index < replies.length; index++) {
    const reply = replies[index] as Reply;
    // Looked up only now, because a continuation may await a reply that comes after its own.
    for (const { key, answering, callback } of task.correspondence.resume(reply)) {
      task.position(key, answering);
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
export function runMarker(task: TaskExecution, marker: Marker, world: World): Batch {
  const { behaviour } = task.spec;
  const handler = markerHandler(behaviour, marker.kind, task.spec);
  if (handler !== undefined) {
    const key = task.currentKey();
    task.open(true);
    task.position(key);
    const thrown = marker.kind === 'error' ? marker.thrown : undefined;
    invoke(task, world, marker.kind, 0, 1, thrown, handler);
  }
  if (marker.kind === 'atomComplete') behaviour.endAtom?.(task.context);
  return handler === undefined ? EMPTY_BATCH : task.emitted();
}

function markerHandler(
  behaviour: Behaviour,
  cause: Marker['kind'],
  element: HandlerOf,
): Handler | undefined {
  if (cause === 'error') return behaviour.onError;
  const handler = cause === 'complete' ? behaviour.onComplete : behaviour.onAtomComplete;
  return handler && withoutValue(handler, element);
}

/** Apart, so that a closure's room is made only where there is a handler. */
function withoutValue(handler: MarkerHandler, element: HandlerOf): Handler {
  return (ctx) => () => ended(handler(ctx), 'ctx => …', element);
}

const ignoring: Handler = () => () => undefined;

/** Calls a handler, telling the debugger and passing the protocol point if that is asked for. */
function invoke(
  task: TaskExecution,
  world: World,
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
  world.tell({ kind: 'before-event', site });
  const inner = handler(task.context);
  world.tell({ kind: 'enter-handler', site });
  const result = inner(value);
  check(task, result, index);
  world.tell({ kind: 'after-event', site });
  world.pass(task.workflow, 'process', task.spec.path);
  world.event = undefined;
  return result;
}

function runEventsTold(
  task: TaskExecution,
  behaviour: Behaviour,
  batch: Batch,
  world: World,
): Batch {
  task.open(batch.keyed);
  const { onNext } = behaviour;
  const check = CHECKS[behaviour.result];
  for (let index = 0; index < batch.length; index++) {
    task.position(batch.marks[index]);
    const value = batch.values[index];
    const result = invoke(task, world, 'event', index, batch.length, value, onNext, check);
    finish(task, behaviour, value, result);
  }
  return task.emitted();
}

/** Refuses what a handler must not have returned for the event of that index in its batch. */
type Check = (task: TaskExecution, result: unknown, index: number) => void;

const CHECKS: Record<Result, Check> = {
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
function finish(task: TaskExecution, behaviour: Behaviour, value: unknown, result: unknown): void {
  switch (behaviour.result) {
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
function runProcessor(task: TaskExecution, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  task.loops.each(task, task.context, onNext, batch.values, batch.marks, expectNothing);
  return task.emitted();
}

function expectSynchronous(task: TaskExecution, result: unknown): void {
  synchronous(result, task.spec);
}

function expectNothing(task: TaskExecution, result: unknown): void {
  ended(result, 'ctx => value => …', task.spec);
}

function expectVerdict(task: TaskExecution, result: unknown): void {
  accepts(result, task.spec);
}

function runMap(task: TaskExecution, onNext: Handler, batch: Batch): Batch {
  const mapped = new MapResults(batch);
  task.openMap(batch.keyed, mapped);
  const { marks, values } = batch;
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
function runKey(task: TaskExecution, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  const { marks, values, objects } = batch;
  const keys: unknown[] = new Array(values.length);
  try {
    task.loops.map(task, task.context, onNext, values, marks, keys, hashKey);
  } catch (thrown) {
    const output = task.output();
    append(output, values, keys, filled(keys));
    output.keyed = true;
    output.objects = objects;
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
    output.marks.push(marks[index]);
  }
}

/** A function of keys that was written with a context shows itself at the first event. */
function expectKeys(task: TaskExecution, first: unknown): void {
  if (typeof first === 'function') givenKey(first, task.spec);
}

function hashKey(task: TaskExecution, key: object): unknown {
  return hashValue(synchronous(key, task.spec));
}

/** Each item is an event under the key of the one it was made from. */
function runFlatMap(task: TaskExecution, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  const { values, marks } = batch;
  task.loops.flatMap(task, task.context, onNext, values, marks, emitItems);
  return task.emitted();
}

function emitItems(task: TaskExecution, items: unknown): void {
  task.emitAll(synchronous(items, task.spec));
}

function admitResult(task: TaskExecution, result: object): unknown {
  return isolate(synchronous(result, task.spec));
}

/** A filter emits the events it accepts as they are. */
function runFilter(task: TaskExecution, onNext: Handler, batch: Batch): Batch {
  const { marks, values, keyed } = batch;
  if (keyed || marks !== values) {
    task.open(keyed);
    const output = task.output();
    output.objects = batch.objects;
    const { values: kept, marks: keys } = output;
    task.loops.filter(task, task.context, onNext, values, marks, kept, keys, expectVerdict);
    return output;
  }
  const output = task.openImplied();
  task.loops.keep(task, task.context, onNext, values, output.values, expectVerdict);
  return output;
}
