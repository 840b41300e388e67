import type { SessionStatus } from '../../../extension/session/messages.ts';

/** The status of a session stopped before its first atom, with `changes`. */
export function status(changes: Partial<SessionStatus>): SessionStatus {
  return {
    step: 0,
    recorded: 0,
    branch: 0,
    branches: [],
    armed: [],
    phase: 'boundary',
    attempt: 1,
    seed: 0,
    schedule: 'drain',
    stopped: { reason: 'entry', description: 'Paused on entry' },
    totals: { atoms: 0, events: 0, requests: 0, replies: 0, crashes: 0, recoveries: 0 },
    units: {},
    queues: {},
    portals: {},
    streams: {},
    snapshotEvery: 1,
    continuations: {},
    failures: {},
    ...changes,
  };
}
