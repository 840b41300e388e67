import type { StatusBody } from '../../debug-adapter/protocol.ts';

/** A named point of the commit protocol. */
export type ProtocolPoint = NonNullable<StatusBody['point']>;

interface PointExplanation {
  /** Whether recovery returns to the last snapshot, or completes what was decided. */
  readonly rolls: 'back' | 'forward';
  readonly explanation: string;
}

/** What a crash at each point does, in the order in which one atom passes them. */
export const POINT_EXPLANATIONS: Readonly<Record<ProtocolPoint, PointExplanation>> = {
  read: {
    rolls: 'back',
    explanation: 'The atom is read, nothing is processed. Recovery reads it again.',
  },
  process: {
    rolls: 'back',
    explanation:
      'In the middle of the atom. State, output and asks so far are discarded; it replays.',
  },
  aligned: {
    rolls: 'back',
    explanation: 'Every task has finished the atom, nothing is prepared. All of it replays.',
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
    explanation:
      'All is prepared and voted for, not decided. Without a decision all of it replays.',
  },
  decide: {
    rolls: 'forward',
    explanation: 'The commit is decided, nothing is visible yet. Recovery publishes it, once.',
  },
  publish: {
    rolls: 'forward',
    explanation: 'Output is published. Recovery completes the commit and publishes nothing twice.',
  },
  acknowledge: {
    rolls: 'forward',
    explanation: 'The commit is complete, only the input must be marked consumed. Nothing replays.',
  },
};
