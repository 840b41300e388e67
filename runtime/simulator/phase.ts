import type { Status } from '../contracts/inspection.ts';
import { internalError } from './assertions.ts';

/** What the simulator is doing; `reExecuting` is a part of recovery that no host observes. */
export type Phase = Status['phase'] | 'reExecuting';

/**
 * Returns `to` if the simulator may enter it from `from`.
 *
 * @throws an internal error otherwise: the control flow is broken, and continuing would commit
 * something that was never agreed on
 */
export function nextPhase(from: Phase, to: Phase): Phase {
  if (from === to || mayFollow(from, to)) return to;
  throw internalError(`phase ${to} must not follow ${from}`);
}

function mayFollow(from: Phase, to: Phase): boolean {
  switch (from) {
    case 'boundary':
      return to === 'processing' || to === 'committing' || to === 'complete';
    case 'processing':
      return to === 'boundary' || to === 'recovering';
    case 'committing':
      return to === 'boundary' || to === 'recovering';
    case 'recovering':
      return to === 'boundary' || to === 'committing' || to === 'reExecuting';
    case 'reExecuting':
      return to === 'recovering';
    case 'complete':
      return to === 'boundary';
  }
}
