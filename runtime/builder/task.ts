import { Operator } from '../application/operator.ts';
import type { KeyOf } from '../application/references.ts';
import type * as api from '../contracts/authors-api.ts';
import { operators } from './operators.ts';
import { refinement } from './refinement.ts';

/** Only for the compiler: the properties by which `api.Behaviour` knows its events. */
declare const CONSUMED: KeyOf<api.Behaviour<never, number>, (event: never) => void>;
declare const EMITTED: KeyOf<api.Behaviour<never, number>, number>;

/** An operator as `builder.tasks` makes it: refined by the same operations as a flow's tasks. */
class Task<Event = unknown, Emitted = unknown>
  extends Operator
  implements api.Task<Event, Emitted>
{
  declare readonly [CONSUMED]: (event: Event) => void;
  declare readonly [EMITTED]: Emitted;

  constructor({ kind, form, portals }: Operator) {
    super(kind, form, portals);
  }

  withOnNext(onNext: unknown): Task<Event, Emitted> {
    return new Task(refinement.withOnNext(this, onNext));
  }
  withOnError(onError: unknown): Task<Event, Emitted> {
    return new Task(refinement.withOnError(this, onError));
  }
  withOnComplete(onComplete: unknown): Task<Event, Emitted> {
    return new Task(refinement.withOnComplete(this, onComplete));
  }
  withOnAtomComplete(onAtomComplete: unknown): Task<Event, Emitted> {
    return new Task(refinement.withOnAtomComplete(this, onAtomComplete));
  }
  withWrapper(wrapper: unknown): Task<Event, Emitted> {
    return new Task(refinement.withWrapper(this, wrapper));
  }
  withStep(next: unknown): Task<Event, Emitted> {
    return new Task(refinement.withStep(this, next));
  }
  withLoop(atoms: unknown, next: unknown): Task<Event, Emitted> {
    return new Task(refinement.withLoop(this, atoms, next));
  }
  withAndThen<Next>(next: unknown): Task<Event, Next> {
    return new Task(refinement.withAndThen(this, next));
  }
}

/** `builder.tasks`: each task is what the flow operation of its name adds. */
export const tasks: api.Tasks = {
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
  askerreplier: (asked: unknown, answered: unknown, handler: unknown, onRequest: unknown) =>
    new Task(operators.askerreplier(asked, answered, handler, onRequest)),
};
