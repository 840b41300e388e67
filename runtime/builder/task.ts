import { Operator } from '../application/operator.ts';
import { operators } from './operators.ts';
import { refinement } from './refinement.ts';

/** An operator as `builder.tasks` makes it: refined by the same operations as a flow's tasks. */
export class Task extends Operator {
  constructor({ kind, form, portals }: Operator) {
    super(kind, form, portals);
  }

  withOnNext(onNext: unknown): Task {
    return new Task(refinement.withOnNext(this, onNext));
  }
  withOnError(onError: unknown): Task {
    return new Task(refinement.withOnError(this, onError));
  }
  withOnComplete(onComplete: unknown): Task {
    return new Task(refinement.withOnComplete(this, onComplete));
  }
  withOnAtomComplete(onAtomComplete: unknown): Task {
    return new Task(refinement.withOnAtomComplete(this, onAtomComplete));
  }
  withWrapper(wrapper: unknown): Task {
    return new Task(refinement.withWrapper(this, wrapper));
  }
  withStep(next: unknown): Task {
    return new Task(refinement.withStep(this, next));
  }
  withLoop(atoms: unknown, next: unknown): Task {
    return new Task(refinement.withLoop(this, atoms, next));
  }
  withAndThen(next: unknown): Task {
    return new Task(refinement.withAndThen(this, next));
  }
}

/** `builder.tasks`: each task is what the flow operation of its name adds. */
export const tasks = {
  processor: (handler: unknown) => new Task(operators.processor(handler)),
  identity: () => new Task(operators.identity()),
  map: (handler: unknown) => new Task(operators.map(handler)),
  flatMap: (handler: unknown) => new Task(operators.flatMap(handler)),
  filter: (predicate: unknown) => new Task(operators.filter(predicate)),
  key: (keyOf: unknown) => new Task(operators.key(keyOf)),
  logger: (prefix: unknown = '') => new Task(operators.logger(prefix)),
  stash: (handler: unknown) => new Task(operators.stash(handler)),
  consume: (handler: unknown) => new Task(operators.consume(handler)),
  sample: (every: unknown) => new Task(operators.sample(every)),
  nothing: () => new Task(operators.nothing()),
  empty: () => new Task(operators.nothing()),
  init: (factory: unknown) => new Task(operators.init(factory)),
  vsm: (initial: unknown) => new Task(operators.vsm(initial)),
  asker: (portal: unknown, handler: unknown) => new Task(operators.asker(portal, handler)),
  replier: (portal: unknown, handler: unknown, onRequest: unknown) =>
    new Task(operators.replier(portal, handler, onRequest)),
  askerreplier: (ask: unknown, reply: unknown, handler: unknown, onRequest: unknown) =>
    new Task(operators.askerreplier(ask, reply, handler, onRequest)),
};
