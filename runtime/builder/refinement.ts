import type { Handler, MarkerHandler, Operator, Wrapper } from '../application/operator.ts';
import { expectFunction } from '../application/references.ts';
import { chained, stepping, wrapped } from './composition.ts';

/** The `with…` operations of flows and of tasks: each gives another behaviour in place of one. */
export const refinement = {
  withOnNext(task: Operator, onNext: Handler): Operator {
    expectFunction(onNext, 'withOnNext', 'ctx => value => …');
    return task.with({ onNext }, 'ignored');
  },
  withOnError(task: Operator, onError: Handler): Operator {
    expectFunction(onError, 'withOnError', 'ctx => error => …');
    return task.with({ onError });
  },
  withOnComplete(task: Operator, onComplete: MarkerHandler): Operator {
    expectFunction(onComplete, 'withOnComplete', 'ctx => …');
    return task.with({ onComplete });
  },
  withOnAtomComplete(task: Operator, onAtomComplete: MarkerHandler): Operator {
    expectFunction(onAtomComplete, 'withOnAtomComplete', 'ctx => …');
    return task.with({ onAtomComplete });
  },
  withWrapper(task: Operator, wrapper: Wrapper): Operator {
    return wrapped(task, wrapper);
  },
  withStep(task: Operator, next: unknown): Operator {
    return stepping(task, 1, next, 'withStep');
  },
  withLoop(task: Operator, atoms: number, next: unknown): Operator {
    return stepping(task, atoms, next, 'withLoop');
  },
  withAndThen(task: Operator, next: unknown): Operator {
    return chained(task, next);
  },
};
