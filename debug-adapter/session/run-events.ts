import type { Topology } from '../../runtime/index.ts';
import type { Pause } from '../v8/pause.ts';
import type { Output, Withdrawal } from './output-formatter.ts';
import type { Outcome } from './run.ts';

/** What happens in an execution, told in order. */
export interface ExecutionListener {
  onOutput(output: Output): void;
  /** All output so far no longer holds; what does is told again. */
  onOutputWithdrawn(why: Withdrawal): void;
  /** The status has changed. */
  onChanged(): void;
  /** Workflows may have been added. */
  onTopology(topology: Topology): void;
  onLoaded(): void;
  onStopped(pause: Pause): void;
  onOver(outcome: Outcome): void;
}

/** A listener that hears what `listener` hears as long as `isHeard`. */
export function heardWhile(isHeard: () => boolean, listener: ExecutionListener): ExecutionListener {
  const guard =
    <Args extends unknown[]>(handle: (...args: Args) => void) =>
    (...args: Args) => {
      if (isHeard()) handle(...args);
    };
  return {
    onOutput: guard(listener.onOutput),
    onOutputWithdrawn: guard(listener.onOutputWithdrawn),
    onChanged: guard(listener.onChanged),
    onTopology: guard(listener.onTopology),
    onLoaded: guard(listener.onLoaded),
    onStopped: guard(listener.onStopped),
    onOver: guard(listener.onOver),
  };
}
