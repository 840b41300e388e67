import type { RunEvents } from '../v8/run-events.ts';

/** Passes events on to `events` while `isActive` holds. */
export function forwardWhile(isActive: () => boolean, events: RunEvents): RunEvents {
  const guard =
    <Args extends unknown[]>(handle: (...args: Args) => void) =>
    (...args: Args) => {
      if (isActive()) handle(...args);
    };
  return {
    onOutput: guard(events.onOutput),
    onOutputCleared: guard(events.onOutputCleared),
    onTopology: guard(events.onTopology),
    onStatus: guard(events.onStatus),
    onLoaded: guard(events.onLoaded),
    onPaused: guard(events.onPaused),
    onEnded: guard(events.onEnded),
  };
}
