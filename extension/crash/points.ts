import type { StatusBody } from '../../debug-adapter/protocol.ts';

/** A named point of the commit protocol. */
export type ProtocolPoint = NonNullable<StatusBody['point']>;

interface PointExplanation {
  /** Whether recovery returns to the last snapshot or completes the decided commit. */
  readonly rolls: 'back' | 'forward';
  readonly explanation: string;
}

/** The effect of a crash at each point, in the order in which an atom passes them. */
export const POINT_EXPLANATIONS: Readonly<Record<ProtocolPoint, PointExplanation>> = {
  read: {
    rolls: 'back',
    explanation: 'The atom is read but not processed. Recovery reads it again.',
  },
  process: {
    rolls: 'back',
    explanation:
      'The atom is partly processed. State, output and requests are discarded; it replays.',
  },
  aligned: {
    rolls: 'back',
    explanation: 'Every task has finished the atom; nothing is prepared. The atom replays.',
  },
  'pre-commit(output)': {
    rolls: 'back',
    explanation:
      'Output and requests are prepared but invisible. They are discarded; the atom replays.',
  },
  'pre-commit(state)': {
    rolls: 'back',
    explanation: 'Output and state are prepared. Both are discarded; the atom replays.',
  },
  vote: {
    rolls: 'back',
    explanation: 'Output and state are prepared and voted for, but not decided. The atom replays.',
  },
  decide: {
    rolls: 'forward',
    explanation: 'The commit is decided but not visible. Recovery publishes it exactly once.',
  },
  publish: {
    rolls: 'forward',
    explanation: 'Output is published. Recovery completes the commit and publishes nothing twice.',
  },
  acknowledge: {
    rolls: 'forward',
    explanation:
      'The commit is complete; only the input is not marked as consumed. Nothing replays.',
  },
};
