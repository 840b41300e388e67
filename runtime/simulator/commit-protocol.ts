import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';
import { Crash } from './fault-plan.ts';

/** The units that took part in an epoch, and what happens at the points of its commit. */
export interface CommitParticipants {
  readonly units: readonly Path[];
  /** @throws Crash if a fault triggers at this point */
  reachPoint(unit: Path, point: ProtocolPoint): void;
  /** Makes everything prepared visible in one step; from here on no rollback can undo it. */
  publish(): void;
  /** A crash after the decision: the unit recovers and the commit continues. */
  rollForward(unit: Path, crash: Crash): void;
}

/**
 * Runs the two-phase commit of an epoch. Up to the vote a crash leaves this function as a thrown
 * {@link Crash}, and nothing has been published. After the decision the outcome is fixed: a crash
 * rolls forward, which is why publishing and acknowledging are idempotent.
 */
export function runCommitProtocol(participants: CommitParticipants): void {
  const { units } = participants;
  for (const point of ['pre-commit(output)', 'pre-commit(state)', 'vote'] as const) {
    for (const unit of units) participants.reachPoint(unit, point);
  }
  for (const point of ['decide', 'publish', 'acknowledge'] as const) {
    for (const unit of units) reachAfterDecision(participants, unit, point);
    if (point === 'publish') participants.publish();
  }
}

function reachAfterDecision(
  participants: CommitParticipants,
  unit: Path,
  point: ProtocolPoint,
): void {
  for (;;) {
    try {
      participants.reachPoint(unit, point);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      participants.rollForward(unit, thrown);
    }
  }
}
