import type { Topology } from '../runtime/index.ts';
import type { Output, Withdrawal } from './console.ts';
import type { Pause } from './pause.ts';
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
