/**
 * What the oracle checks.
 * - `observations`: what a run with crashes commits is what the explaining run without them does.
 * - `state`: both leave equal state and pending continuations.
 * - `decisions`: the steps of the run are those of the explaining run.
 * - `indexes`: the atoms of a stream are numbered without gap or repeat.
 * - `re-execution`: an attempt after a crash publishes what the attempt before it did.
 * - `poison-atom`: no handler throws for an atom every time.
 * - `livelock`: the run comes to rest.
 * - `unanswered-request`: no continuation waits for its reply at rest.
 */
export type Rule =
  | 'observations'
  | 'state'
  | 'decisions'
  | 'indexes'
  | 're-execution'
  | 'poison-atom'
  | 'livelock'
  | 'unanswered-request';

/** One rule broken. */
export interface Violation {
  readonly rule: Rule;
  /** The stream, task or unit where it shows. */
  readonly path: string;
  /** The step at which it shows; absent if only the end of the run shows it. */
  readonly step?: number;
  /** The first difference, or what happened. */
  readonly difference: string;
}
