import { isBefore } from '../../runtime/index.ts';
import type { RunTarget } from '../agent/index.ts';
import type { Pause } from '../v8/pause.ts';

/**
 * How a run that stands at `from` gets to `target` when `steps` of its course are known: `back`,
 * ahead through what is `known`, or `on` to where it has never been.
 */
export function routeTo(target: RunTarget, from: Pause, steps: number): 'back' | 'known' | 'on' {
  const { moment, status } = from.snapshot;
  if (!moment || !status) return 'on';
  if (target.kind === 'moment') return isBefore(moment, target.moment) ? 'known' : 'back';
  if (target.step <= status.step) return 'back';
  return target.step <= steps ? 'known' : 'on';
}
