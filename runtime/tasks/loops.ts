import type { Handler } from '../application/operator.ts';
import { RUNTIME_URL } from '../contracts/call-site.ts';
import type { TaskContext } from './context.ts';
import type { TaskRunner } from './task-runner.ts';

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
  readonly keep: typeof keepLoop;
  readonly each: typeof eachLoop;
  readonly flatMap: typeof flatMapLoop;
}

/** Refuses what a handler must not return. */
type Check = (task: TaskRunner, result: unknown) => void;

/** What {@link mapLoop} does with a result that is an object: checks and copies it. */
type Admit = (task: TaskRunner, result: object) => unknown;

/**
 * Puts into `results`, which has room for them, what the handler returns for each of `values`;
 * returns whether any result is an object.
 */
function mapLoop(
  task: TaskRunner,
  ctx: TaskContext,
  onNext: Handler,
  values: readonly unknown[],
  marks: readonly unknown[],
  results: unknown[],
  admit: Admit,
): boolean {
  let objects = false;
  for (let index = 0; index < values.length; index++) {
    task.keySource = marks[index];
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

/** Appends the events that the handler accepts, where each event has a key of its own. */
function filterLoop(
  task: TaskRunner,
  ctx: TaskContext,
  onNext: Handler,
  values: readonly unknown[],
  marks: readonly unknown[],
  keptValues: unknown[],
  keptMarks: unknown[],
  check: Check,
): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    task.keySource = marks[index];
    const accepted = onNext(ctx)(value);
    if (!accepted) continue;
    if (accepted !== true) check(task, accepted);
    keptValues.push(value);
    keptMarks.push(marks[index]);
  }
}

/** Appends the events that the handler accepts, where the keys are implied by the values. */
function keepLoop(
  task: TaskRunner,
  ctx: TaskContext,
  onNext: Handler,
  values: readonly unknown[],
  kept: unknown[],
  check: Check,
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
function eachLoop(
  task: TaskRunner,
  ctx: TaskContext,
  onNext: Handler,
  values: readonly unknown[],
  marks: readonly unknown[],
  check: Check,
): void {
  for (let index = 0; index < values.length; index++) {
    task.keySource = marks[index];
    const result = onNext(ctx)(values[index]);
    if (result !== undefined) check(task, result);
  }
}

/** Runs the handler for each event and hands the items it returns to `emit`. */
function flatMapLoop(
  task: TaskRunner,
  ctx: TaskContext,
  onNext: Handler,
  values: readonly unknown[],
  marks: readonly unknown[],
  emit: (task: TaskRunner, items: unknown) => void,
): void {
  for (let index = 0; index < values.length; index++) {
    task.keySource = marks[index];
    emit(task, onNext(ctx)(values[index]));
  }
}

const SHARED_LOOPS: Loops = {
  map: mapLoop,
  filter: filterLoop,
  keep: keepLoop,
  each: eachLoop,
  flatMap: flatMapLoop,
};

/** Copies of the loops for one task; the shared ones where making code is forbidden. */
export function ownLoops(): Loops {
  try {
    return {
      map: copy(mapLoop),
      filter: copy(filterLoop),
      keep: copy(keepLoop),
      each: copy(eachLoop),
      flatMap: copy(flatMapLoop),
    };
  } catch {
    return SHARED_LOOPS;
  }
}

function copy<Loop>(loop: Loop): Loop {
  return new Function(`return ${String(loop)}\n//# sourceURL=${RUNTIME_URL}`)() as Loop;
}
