import type { Topology } from '../../runtime/index.ts';
import type { Pause } from '../v8/pause.ts';
import type { RunOutcome } from '../v8/run.ts';
import type { ClearReason, OutputBody } from './output-formatter.ts';

/** Events of an execution, in order. */
export interface RunEvents {
  onOutput(output: OutputBody): void;
  /** All output so far is invalid; what is still valid follows. */
  onOutputCleared(why: ClearReason): void;
  /** The status has changed. */
  onChanged(): void;
  /** Workflows may have been added. */
  onTopology(topology: Topology): void;
  onLoaded(): void;
  onStopped(pause: Pause): void;
  onEnded(outcome: RunOutcome): void;
}

/** Forwards events to `listener` while `isActive` holds. */
export function forwardWhile(isActive: () => boolean, listener: RunEvents): RunEvents {
  const guard =
    <Args extends unknown[]>(handle: (...args: Args) => void) =>
    (...args: Args) => {
      if (isActive()) handle(...args);
    };
  return {
    onOutput: guard(listener.onOutput),
    onOutputCleared: guard(listener.onOutputCleared),
    onChanged: guard(listener.onChanged),
    onTopology: guard(listener.onTopology),
    onLoaded: guard(listener.onLoaded),
    onStopped: guard(listener.onStopped),
    onEnded: guard(listener.onEnded),
  };
}
