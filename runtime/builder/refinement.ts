import type { Behaviour, Handler, MarkerHandler, Wrapper } from '../application/behaviour.ts';
import { expectFunction } from '../application/references.ts';
import { chained, stepping, wrapped } from './composition.ts';

/** The `with…` operations of flows and of tasks: each gives another behaviour in place of one. */
export const refinement = {
  withOnNext(task: Behaviour, onNext: Handler): Behaviour {
    expectFunction(onNext, 'withOnNext', 'ctx => value => …');
    return task.with({ onNext }, 'ignored');
  },
  withOnError(task: Behaviour, onError: Handler): Behaviour {
    expectFunction(onError, 'withOnError', 'ctx => error => …');
    return task.with({ onError });
  },
  withOnComplete(task: Behaviour, onComplete: MarkerHandler): Behaviour {
    expectFunction(onComplete, 'withOnComplete', 'ctx => …');
    return task.with({ onComplete });
  },
  withOnAtomComplete(task: Behaviour, onAtomComplete: MarkerHandler): Behaviour {
    expectFunction(onAtomComplete, 'withOnAtomComplete', 'ctx => …');
    return task.with({ onAtomComplete });
  },
  withWrapper(task: Behaviour, wrapper: Wrapper): Behaviour {
    return wrapped(task, wrapper);
  },
  withStep(task: Behaviour, next: unknown): Behaviour {
    return stepping(task, 1, next, 'withStep');
  },
  withLoop(task: Behaviour, atoms: number, next: unknown): Behaviour {
    return stepping(task, atoms, next, 'withLoop');
  },
  withAndThen(task: Behaviour, next: unknown): Behaviour {
    return chained(task, next);
  },
};
