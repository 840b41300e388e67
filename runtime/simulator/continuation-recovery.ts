import type { RuntimeOptions } from '../contracts/simulator.ts';
import { isInvalidated, reExecute } from '../recovery/re-execution.ts';
import { StepEffects } from '../tasks/execution-host.ts';
import type { Engine } from './engine.ts';

/**
 * Whether attempts of such a run may be aborted, now or when somebody steers it: what is needed
 * for making continuations anew must be remembered from the beginning.
 */
export function mayRollBack({ probe, detail, faults, onHandlerError }: RuntimeOptions): boolean {
  const steered = probe !== undefined && detail !== 'steps';
  return steered || faults.length > 0 || onHandlerError.kind !== 'propagate';
}

/**
 * Ends a rollback: continuations that the aborted attempt has run may have changed what they
 * captured, which nobody can take back, so they are made anew. The author's handlers that make
 * them run in an attempt of which nobody is told, and which is rolled back like any other.
 */
export function makeContinuationsAnew(engine: Engine): void {
  const runners = [...engine.graph.workflows.values()].map(({ runner }) => runner);
  const spoilt = runners.filter(isInvalidated);
  if (spoilt.length === 0) return;
  const { instrumented, environment, phase } = engine;
  const print = environment?.print;
  engine.phase = 'rehearsing';
  engine.instrumented = false;
  if (environment !== undefined) environment.print = () => {};
  try {
    for (const execution of spoilt) reExecute(execution, engine);
  } finally {
    engine.epoch.rollback();
    engine.effects = new StepEffects();
    engine.instrumented = instrumented;
    engine.phase = phase;
    if (environment !== undefined && print !== undefined) environment.print = print;
  }
}
