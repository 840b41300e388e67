import type { Handler } from '../../application/handlers.ts';
import type { OperatorOutput } from '../../application/operator.ts';
import { Batch } from '../../values/batch.ts';
import { isolate } from '../../values/isolate.ts';
import { keyFrom } from '../../values/key.ts';
import { accepts, expectItems, givenKey, ignored, synchronous } from '../handler-results.ts';
import { MapResults } from '../map-results.ts';
import type { RunningTask } from '../running-task.ts';

/** The meaning of an operator's output, wherever the operator runs. */
interface OutputRule {
  /** Refuses what a handler must not return for the event of that index in its batch. */
  readonly check: (task: RunningTask, result: unknown, index: number) => void;
  /** Emits what follows from the checked `result` for the event `value`. */
  readonly publish: (task: RunningTask, value: unknown, result: unknown) => void;
  /**
   * Checks and publishes for a whole batch at full speed. What it emits equals what `check` and
   * `publish` emit event by event, objects copied at the same moment.
   */
  readonly run: (task: RunningTask, onNext: Handler, batch: Batch, contextFree: boolean) => Batch;
}

/**
 * The operator table: what each kind of output means for the results that handlers may return, for
 * a handler that runs event by event or within another operator, and for a batch at full speed.
 */
export const OPERATORS: Readonly<Record<OperatorOutput, OutputRule>> = {
  ignored: {
    check: (task, result) => ignored(result, 'ctx => value => …', task.spec),
    publish: () => {},
    run: runProcessor,
  },
  value: {
    check: (task, result) => void synchronous(result, task.spec),
    publish: (task, _value, result) => task.emit(result),
    run: runMap,
  },
  items: {
    check: (task, result) => void expectItems(synchronous(result, task.spec)),
    publish: (task, _value, result) => task.emitAll(result),
    run: runFlatMap,
  },
  filter: {
    check: (task, result) => void accepts(result, task.spec),
    publish: (task, value, result) => {
      if (result) task.emit(value);
    },
    run: runFilter,
  },
  key: {
    check: (task, result, index) => {
      synchronous(result, task.spec);
      // A function of keys that was written with a context shows itself at the first event.
      if (index === 0 && typeof result === 'function') givenKey(result, undefined, task.spec);
    },
    publish: (task, value, result) => task.emitKeyed(givenKey(result, value, task.spec), value),
    run: runKey,
  },
};

/** A processor emits by itself, and usually returns nothing. */
function runProcessor(task: RunningTask, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  const { values, keySources } = batch;
  task.loops.each(task, task.context, onNext, values, keySources, checkIgnored);
  return task.emitted();
}

function checkIgnored(task: RunningTask, result: unknown): void {
  ignored(result, 'ctx => value => …', task.spec);
}

function runMap(task: RunningTask, onNext: Handler, batch: Batch): Batch {
  const mapped = new MapResults(batch);
  task.openMap(batch.keyed, mapped);
  const { keySources, values } = batch;
  const { results } = mapped;
  try {
    const { map } = task.loops;
    const objects = map(task, task.context, onNext, values, keySources, results, admitResult);
    return mapped.finish(task.emitted(), objects);
  } catch (thrown) {
    // The events before the one that threw count as emitted.
    mapped.moveTo(task.output());
    throw thrown;
  }
}

function admitResult(task: RunningTask, result: object): unknown {
  return isolate(synchronous(result, task.spec));
}

/** Each item is an event under the key of the one it was made from. */
function runFlatMap(task: RunningTask, onNext: Handler, batch: Batch): Batch {
  task.open(batch.keyed);
  const { values, keySources } = batch;
  task.loops.flatMap(task, task.context, onNext, values, keySources, emitItems);
  return task.emitted();
}

function emitItems(task: RunningTask, items: unknown): void {
  task.emitAll(synchronous(items, task.spec));
}

/** A filter emits the events it accepts. */
function runFilter(task: RunningTask, onNext: Handler, batch: Batch, contextFree: boolean): Batch {
  if (!contextFree) return runEach('filter', task, onNext, batch);
  const { keySources, values, keyed } = batch;
  if (keyed || keySources !== values) {
    task.open(keyed);
    const output = task.output();
    output.hasObjects = batch.hasObjects;
    const { values: kept, keySources: keptSources } = output;
    task.loops.filter(
      task,
      task.context,
      onNext,
      values,
      keySources,
      kept,
      keptSources,
      checkVerdict,
      copyValue,
    );
    return output;
  }
  const output = task.openImplied();
  task.loops.filterImplied(task, task.context, onNext, values, output.values, checkVerdict);
  return output;
}

function checkVerdict(task: RunningTask, result: unknown): void {
  accepts(result, task.spec);
}

function copyValue(_task: RunningTask, value: object): unknown {
  return isolate(value);
}

/** Re-keying leaves primitive values as they are; objects are copied, as at every task's edge. */
function runKey(task: RunningTask, onNext: Handler, batch: Batch, contextFree: boolean): Batch {
  if (!contextFree || batch.hasObjects) return runEach('key', task, onNext, batch);
  task.open(batch.keyed);
  const { keySources, values } = batch;
  const keys: unknown[] = new Array(values.length);
  try {
    task.loops.map(task, task.context, onNext, values, keySources, keys, contentKey);
    expectKeys(task, keys, values);
  } catch (thrown) {
    const output = task.output();
    for (let index = 0; index < keys.length && index in keys; index++) {
      output.values.push(values[index]);
      output.keySources.push(keys[index]);
    }
    output.keyed = true;
    throw thrown;
  }
  return new Batch(values, keys, true);
}

/** Checks all keys at once, so that the loop stays as fast as that of a map. */
function expectKeys(task: RunningTask, keys: unknown[], values: readonly unknown[]): void {
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    if (typeof key !== 'symbol' && typeof key !== 'function') continue;
    // The events before this one count as emitted.
    keys.length = index;
    givenKey(key, values[index], task.spec);
  }
}

function contentKey(task: RunningTask, key: object): unknown {
  return keyFrom(synchronous(key, task.spec));
}

/** Runs the handler event by event, where it may emit between its results. */
function runEach(output: OperatorOutput, task: RunningTask, onNext: Handler, batch: Batch): Batch {
  const { check, publish } = OPERATORS[output];
  task.open(batch.keyed);
  for (let index = 0; index < batch.length; index++) {
    const value = batch.values[index];
    task.keySource = batch.keySources[index];
    const result = onNext(task.context)(value);
    check(task, result, index);
    publish(task, value, result);
  }
  return task.emitted();
}
