import type { BackStep } from '../agent/index.ts';
import { isAt, type Pause } from '../v8/pause.ts';

/** What a step back undoes at a stop of the model. */
export function backStepAt(pause: Pause): BackStep {
  return isAt(pause, 'before-event') || isAt(pause, 'handler-error') ? 'event' : 'atom';
}
