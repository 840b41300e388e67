import { PortalsError } from '../contracts/errors.ts';
import type { Input, RecordedInput } from '../contracts/recorded-input.ts';
import { Edit } from './edit.ts';
import type { Engine } from './engine.ts';
import { transitionCalled } from './scheduler.ts';

/**
 * Does to the run what was asked from outside.
 *
 * @throws PortalsError if it cannot be done
 */
export function applyInput(engine: Engine, input: Input): void {
  switch (input.kind) {
    case 'choose':
      engine.chosen = transitionCalled(input.label, engine.systems.enabled());
      break;
    case 'inject':
      engine.instrumented = true;
      engine.faults.arm(input.fault);
      break;
    case 'assign':
      engine.divergence.suspend();
      break;
    case 'edit':
      engine.divergence.suspend();
      applyEdit(engine, Edit.of(input, engine.graph, engine.options));
  }
}

/** As {@link applyInput}, for a run that repeats another; what it cannot do, it has missed. */
export function repeatInput(engine: Engine, recorded: RecordedInput): void {
  try {
    applyInput(engine, recorded.input);
  } catch {
    engine.notices.missed.push(recorded);
  }
}

/** Between steps an edit is part of the epoch; within a step, of the attempt under way. */
export function applyEdit(engine: Engine, edit: Edit): void {
  const { phase } = engine;
  if (phase === 'committing' || phase === 'recovering') {
    throw new PortalsError(
      'PORTALS_NOT_EDITABLE',
      `no state can be edited while a step is ${phase}; go on to the next step or event first`,
    );
  }
  const atRest = phase !== 'processing';
  edit.apply(atRest);
  if (!atRest) return;
  if (engine.epochLog.steps.length === 0) engine.saveEnvironment();
  engine.epochLog.addEdit(edit);
}
