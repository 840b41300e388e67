import { PortalsError } from '../contracts/errors.ts';
import type { TaskKind } from '../contracts/topology.ts';
import { SHARED } from '../values/isolate.ts';
import type { Handler, MarkerHandler, StashHandler, Wrapper } from './handlers.ts';
import type { PortalReference } from './references.ts';

/**
 * What becomes of an event handler's result: a `map` emits the `value`, a `flatMap` its `items`, a
 * `filter` emits the event if the result is true, a `key` re-keys the event by it. A processor
 * emits by itself, and its result is `ignored`.
 */
export type OperatorOutput = 'ignored' | 'value' | 'items' | 'filter' | 'key';

/** One stage of a stepping operator: it is in force for that many atoms. */
export interface Stage {
  readonly operator: Operator;
  readonly atoms: number;
}

/** The handlers that the `with…` operations replace. */
export interface Replacements {
  readonly onNext?: Handler;
  readonly onError?: Handler;
  readonly onComplete?: MarkerHandler;
  readonly onAtomComplete?: MarkerHandler;
}

/** How an operator is made: of the author's functions, or of other operators. */
export type OperatorForm =
  | {
      readonly kind: 'handlers';
      readonly output: OperatorOutput;
      readonly onNext: Handler;
      readonly onRequest?: Handler;
    }
  | { readonly kind: 'stash'; readonly handler: StashHandler }
  | { readonly kind: 'sample'; readonly every: number }
  | { readonly kind: 'init'; readonly factory: MarkerHandler }
  | { readonly kind: 'vsm'; readonly initial: Operator }
  | { readonly kind: 'steps'; readonly stages: readonly Stage[] }
  | { readonly kind: 'chain'; readonly first: Operator; readonly second: Operator }
  | { readonly kind: 'wrapper'; readonly inner: Operator; readonly wrapper: Wrapper }
  | { readonly kind: 'refined'; readonly base: Operator; readonly handlers: Replacements };

/** The portals that an operator asks, and those whose requests it answers. */
export interface OperatorPortals {
  readonly asks: readonly PortalReference[];
  readonly repliesTo: readonly PortalReference[];
}

const NO_PORTALS: OperatorPortals = { asks: [], repliesTo: [] };

/**
 * What a task does with events, requests and markers, as immutable data: `tasks/operators` gives it
 * its meaning. `builder.tasks` makes operators for authors, who may return them from handlers
 * (`vsm`) and factories (`init`), which keep them in state.
 */
export class Operator {
  get [SHARED](): true {
    return true;
  }
  readonly kind: TaskKind;
  readonly form: OperatorForm;
  readonly portals: OperatorPortals;

  constructor(kind: TaskKind, form: OperatorForm, portals: OperatorPortals = NO_PORTALS) {
    this.kind = kind;
    this.form = form;
    this.portals = portals;
    Object.freeze(this);
  }
}

/** The portals of all of `operators`, each once. */
export function portalsOf(operators: readonly Operator[]): OperatorPortals {
  return {
    asks: distinct(operators.flatMap(({ portals }) => portals.asks)),
    repliesTo: distinct(operators.flatMap(({ portals }) => portals.repliesTo)),
  };
}

function distinct(portals: readonly PortalReference[]): PortalReference[] {
  return [...new Map(portals.map((portal) => [portal.path, portal])).values()];
}

/**
 * Checks that `value` is a task, as `builder.tasks` makes them.
 *
 * @throws PortalsError PORTALS_WRONG_KIND
 */
export function expectOperator(value: unknown, method: string): Operator {
  if (value instanceof Operator) return value;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects a task; make one with builder.tasks.processor(ctx => value => …)`,
  );
}
