import {
  type Handler,
  type MarkerHandler,
  Operator,
  type Wrapper,
} from '../application/operator.ts';
import { expectFunction } from '../application/references.ts';
import { executionOf } from '../tasks/context.ts';
import { Stash } from '../tasks/stash.ts';
import { refinement } from './refinement.ts';

/** A behaviour as `builder.tasks` makes it: refined by the same operations as a flow's tasks. */
export class Task extends Operator {
  constructor(behaviour: Operator) {
    super(behaviour.kind, behaviour.output, behaviour);
  }

  withOnNext(onNext: Handler): Task {
    return new Task(refinement.withOnNext(this, onNext));
  }
  withOnError(onError: Handler): Task {
    return new Task(refinement.withOnError(this, onError));
  }
  withOnComplete(onComplete: MarkerHandler): Task {
    return new Task(refinement.withOnComplete(this, onComplete));
  }
  withOnAtomComplete(onAtomComplete: MarkerHandler): Task {
    return new Task(refinement.withOnAtomComplete(this, onAtomComplete));
  }
  withWrapper(wrapper: Wrapper): Task {
    return new Task(refinement.withWrapper(this, wrapper));
  }
  withStep(next: unknown): Task {
    return new Task(refinement.withStep(this, next));
  }
  withLoop(atoms: number, next: unknown): Task {
    return new Task(refinement.withLoop(this, atoms, next));
  }
  withAndThen(next: unknown): Task {
    return new Task(refinement.withAndThen(this, next));
  }
}

/** `stash => ctx => value => …`: a handler that may put events aside. */
export type StashHandler = (stash: Stash) => Handler;

/** `builder.tasks`: the flow operations of the same names are made of these. */
export const tasks = {
  processor(handler: Handler): Task {
    expectFunction(handler, 'processor', 'ctx => value => …');
    return new Task(new Operator('processor', 'ignored', { onNext: handler }));
  },

  identity(): Task {
    return new Task(new Operator('identity', 'value', { onNext: () => (value) => value }));
  },

  map(handler: Handler): Task {
    expectFunction(handler, 'map', 'ctx => value => …');
    return new Task(new Operator('map', 'value', { onNext: handler }));
  },

  flatMap(handler: Handler): Task {
    expectFunction(handler, 'flatMap', 'ctx => value => [ … ]');
    return new Task(new Operator('flatMap', 'items', { onNext: handler }));
  },

  filter(predicate: (value: unknown) => unknown): Task {
    expectFunction(predicate, 'filter', 'value => true or false');
    return new Task(new Operator('filter', 'accept', { onNext: () => predicate }));
  },

  key(keyOf: (value: unknown) => unknown): Task {
    expectFunction(keyOf, 'key', 'value => key');
    return new Task(new Operator('key', 'key', { onNext: () => keyOf }));
  },

  /** A processor that may put events aside, and have them handled again later. */
  stash(handler: StashHandler): Task {
    expectFunction(handler, 'stash', 'stash => ctx => value => …');
    const onNext: Handler = (ctx) => handler(new Stash(executionOf(ctx)))(ctx);
    return new Task(new Operator('processor', 'ignored', { onNext }));
  },
};
