import type { Wrapper } from '../application/handlers.ts';
import {
  expectOperator,
  Operator,
  portalsOf,
  type Replacements,
  type Stage,
} from '../application/operator.ts';
import { expectHandler } from '../application/references.ts';
import { PortalsError } from '../contracts/errors.ts';

/** The `with…` operations of flows and of tasks: each returns another operator in place of one. */
export const refinement = {
  withOnNext(operator: Operator, onNext: unknown): Operator {
    return refined(operator, { onNext: expectHandler(onNext, 'withOnNext', 'ctx => value => …') });
  },
  withOnError(operator: Operator, onError: unknown): Operator {
    return refined(operator, {
      onError: expectHandler(onError, 'withOnError', 'ctx => error => …'),
    });
  },
  withOnComplete(operator: Operator, onComplete: unknown): Operator {
    return refined(operator, {
      onComplete: expectHandler(onComplete, 'withOnComplete', 'ctx => …'),
    });
  },
  withOnAtomComplete(operator: Operator, onAtomComplete: unknown): Operator {
    return refined(operator, {
      onAtomComplete: expectHandler(onAtomComplete, 'withOnAtomComplete', 'ctx => …'),
    });
  },
  withWrapper(inner: Operator, wrapper: unknown): Operator {
    const checked: Wrapper = expectHandler(wrapper, 'withWrapper', 'ctx => wrapped => value => …');
    return new Operator(inner.kind, { kind: 'wrapper', inner, wrapper: checked }, inner.portals);
  },
  withStep(first: Operator, next: unknown): Operator {
    return stepping(first, 1, next, 'withStep');
  },
  withLoop(first: Operator, atoms: unknown, next: unknown): Operator {
    return stepping(first, atoms, next, 'withLoop');
  },
  withAndThen(first: Operator, next: unknown): Operator {
    const second = expectOperator(next, 'withAndThen');
    return new Operator(first.kind, { kind: 'chain', first, second }, portalsOf([first, second]));
  },
};

function refined(base: Operator, handlers: Replacements): Operator {
  return new Operator(base.kind, { kind: 'refined', base, handlers }, base.portals);
}

/** After `first`, and in turn with it, `next` is in force for `atoms` source atoms. */
function stepping(first: Operator, atoms: unknown, next: unknown, method: string): Operator {
  if (typeof atoms !== 'number' || !Number.isInteger(atoms) || atoms < 1) {
    throw new PortalsError('PORTALS_WRONG_KIND', `${method} expects a count of at least 1 atom`);
  }
  const own: readonly Stage[] =
    first.form.kind === 'steps' ? first.form.stages : [{ operator: first, atoms: 1 }];
  const stages = [...own, { operator: expectOperator(next, method), atoms }];
  const portals = portalsOf(stages.map(({ operator }) => operator));
  return new Operator('step', { kind: 'steps', stages }, portals);
}
