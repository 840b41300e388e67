import type { Topology } from '../../runtime/index.ts';
import type { Pause } from '../v8/pause.ts';
import type { RunOutcome } from '../v8/run.ts';
import type { ClearReason, OutputBody } from './output-formatter.ts';

/** What happens in an execution, told in order. */
export interface RunEvents {
  onOutput(output: OutputBody): void;
  /** All output so far no longer holds; what does is told again. */
  onOutputCleared(why: ClearReason): void;
  /** The status has changed. */
  onChanged(): void;
  /** Workflows may have been added. */
  onTopology(topology: Topology): void;
  onLoaded(): void;
  onStopped(pause: Pause): void;
  onEnded(outcome: RunOutcome): void;
}

/** A listener that hears what `listener` hears as long as `isHeard`. */
export function forwardWhile(isHeard: () => boolean, listener: RunEvents): RunEvents {
  const guard =
    <Args extends unknown[]>(handle: (...args: Args) => void) =>
    (...args: Args) => {
      if (isHeard()) handle(...args);
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
