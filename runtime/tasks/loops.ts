import type { Handler, HandlerContext } from '../application/handlers.ts';
import { RUNTIME_URL } from '../contracts/call-site.ts';
import { sourceTextOf } from '../values/source-text.ts';

/** What a loop says about the event being handled: its key, or the value that implies the key. */
export interface EventPosition {
  keySource: unknown;
}

/**
 * The loops that run handlers at full speed. A JavaScript engine optimises a loop for the one
 * handler it has seen it call: it inlines the handler and removes the closure that `ctx => value
 * => …` makes for each event. A loop shared by all tasks would see many handlers and be several
 * times slower, so each task gets a copy of its own ({@link ownLoops}). For that, the functions
 * here use nothing but their parameters.
 */
export interface Loops {
  readonly map: typeof mapLoop;
  readonly filter: typeof filterLoop;
  readonly filterImplied: typeof filterImpliedLoop;
  readonly each: typeof eachLoop;
  readonly flatMap: typeof flatMapLoop;
}

/** Refuses what a handler must not return. */
type Check<Task> = (task: Task, result: unknown) => void;

/** What a loop does with an object: checks and copies it. */
type Admit<Task> = (task: Task, value: object) => unknown;

/**
 * Puts into `results`, which has room for them, what the handler returns for each of `values`;
 * returns whether any result is an object.
 */
function mapLoop<Task extends EventPosition>(
  task: Task,
  ctx: HandlerContext,
  onNext: Handler,
  values: readonly unknown[],
  keySources: readonly unknown[],
  results: unknown[],
  admit: Admit<Task>,
): boolean {
  let objects = false;
  for (let index = 0; index < values.length; index++) {
    task.keySource = keySources[index];
    const result = onNext(ctx)(values[index]);
    if (typeof result === 'object' && result !== null) {
      objects = true;
      results[index] = admit(task, result);
    } else {
      results[index] = result;
    }
  }
  return objects;
}

/** Appends the events that the handler accepts, where each has a key of its own; copies objects. */
function filterLoop<Task extends EventPosition>(
  task: Task,
  ctx: HandlerContext,
  onNext: Handler,
  values: readonly unknown[],
  keySources: readonly unknown[],
  keptValues: unknown[],
  keptSources: unknown[],
  check: Check<Task>,
  admit: Admit<Task>,
): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    task.keySource = keySources[index];
    const accepted = onNext(ctx)(value);
    if (!accepted) continue;
    if (accepted !== true) check(task, accepted);
    const isObject = typeof value === 'object' && value !== null;
    keptValues.push(isObject ? admit(task, value) : value);
    keptSources.push(keySources[index]);
  }
}

/** Appends the events that the handler accepts, where the keys are implied by the values. */
function filterImpliedLoop<Task extends EventPosition>(
  task: Task,
  ctx: HandlerContext,
  onNext: Handler,
  values: readonly unknown[],
  kept: unknown[],
  check: Check<Task>,
): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    task.keySource = value;
    const accepted = onNext(ctx)(value);
    if (!accepted) continue;
    if (accepted !== true) check(task, accepted);
    kept.push(value);
  }
}

/** Runs the handler for each event and hands what it returns, if anything, to `check`. */
function eachLoop<Task extends EventPosition>(
  task: Task,
  ctx: HandlerContext,
  onNext: Handler,
  values: readonly unknown[],
  keySources: readonly unknown[],
  check: Check<Task>,
): void {
  for (let index = 0; index < values.length; index++) {
    task.keySource = keySources[index];
    const result = onNext(ctx)(values[index]);
    if (result !== undefined) check(task, result);
  }
}

/** Runs the handler for each event and hands the items it returns to `emit`. */
function flatMapLoop<Task extends EventPosition>(
  task: Task,
  ctx: HandlerContext,
  onNext: Handler,
  values: readonly unknown[],
  keySources: readonly unknown[],
  emit: (task: Task, items: unknown) => void,
): void {
  for (let index = 0; index < values.length; index++) {
    task.keySource = keySources[index];
    emit(task, onNext(ctx)(values[index]));
  }
}

const SHARED_LOOPS: Loops = {
  map: mapLoop,
  filter: filterLoop,
  filterImplied: filterImpliedLoop,
  each: eachLoop,
  flatMap: flatMapLoop,
};

/** Copies of the loops for one task; the shared ones where making code is forbidden. */
export function ownLoops(): Loops {
  try {
    return {
      map: copy(mapLoop),
      filter: copy(filterLoop),
      filterImplied: copy(filterImpliedLoop),
      each: copy(eachLoop),
      flatMap: copy(flatMapLoop),
    };
  } catch {
    return SHARED_LOOPS;
  }
}

function copy<Loop extends object>(loop: Loop): Loop {
  return new Function(`return ${sourceTextOf(loop)}\n//# sourceURL=${RUNTIME_URL}`)() as Loop;
}
