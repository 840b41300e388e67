import type { EventPlace } from '../agent/index.ts';

/** `event 2 of 3`, `reply 1 of 1`; calls for markers use the marker's name. */
export function eventLabel({ cause, index, count }: EventPlace): string {
  const isBatch = cause === 'event' || cause === 'request' || cause === 'reply';
  return isBatch ? `${cause} ${index + 1} of ${count}` : cause;
}
