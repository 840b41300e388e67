import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';
import type { Engine } from './engine.ts';
import { Crash } from './fault-plan.ts';
import { effectsOf } from './journal.ts';

/**
 * Commits the epoch under way by two-phase commit among the units that took part in it. Up to the
 * vote a crash leaves this function as a thrown {@link Crash}, and nothing has been published. Once
 * decided, the outcome is fixed: a crash is told, and publishing goes on where it was, which is
 * why publishing and acknowledging are idempotent.
 */
export function commitEpoch(engine: Engine): void {
  if (engine.instrumented) {
    const units = [...new Set(engine.epochLog.steps.map((step) => step.transition.unit))];
    for (const point of ['pre-commit(output)', 'pre-commit(state)', 'vote'] as const) {
      for (const unit of units) engine.reachPoint(unit, point);
    }
    for (const point of ['decide', 'publish', 'acknowledge'] as const) {
      for (const unit of units) passDecided(engine, unit, point);
      // Everything prepared becomes visible in one step, and is safe from rollback.
      if (point === 'publish') engine.epoch.commit();
    }
  } else {
    engine.epoch.commit();
  }
  for (const step of engine.epochLog.steps) {
    const { index, transition: move, outputs, effects: caused, choice, crashes } = step;
    engine.journal.record(outputs, caused, choice, crashes);
    engine.notices.notifyLines(index, move.unit, caused.lines);
    if (!engine.notifies) continue;
    const effects = effectsOf(step);
    engine.notify({ kind: 'committed', step: index, unit: move.unit, effects });
  }
}

/** Passes a point after the decision; a crash there is recovered by going on. */
function passDecided(engine: Engine, unit: Path, point: ProtocolPoint): void {
  for (;;) {
    try {
      engine.reachPoint(unit, point);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      const step = engine.stepIndex;
      engine.crashed = unit;
      engine.phase = 'recovering';
      engine.journal.countRecovery();
      engine.notify({ kind: 'crashed', step, unit, fault: thrown.fault, outcome: 'forward' });
      engine.crashed = undefined;
      engine.phase = 'committing';
      engine.notify({ kind: 'recovered', step, unit, outcome: 'forward' });
    }
  }
}
