import { AdapterError } from '../dap/errors.ts';
import type { PauseFilter } from '../v8/decide.ts';
import { thrownBy } from '../v8/pause.ts';
import type { ProgramImage } from '../v8/script/program-image.ts';
import { locationOf } from '../v8/script/script-location.ts';
import type { BreakpointSet } from './breakpoint-set.ts';

/** The filter for the runs of a program with these breakpoints. */
export function pauseFilterOf(
  { sources, syntax }: ProgramImage,
  { exceptions }: BreakpointSet,
): PauseFilter {
  return {
    isAuthored: ({ location }) => sources.ofLocation(location) !== undefined,
    isDebuggerStatement: ({ location }) => syntax.isDebuggerStatement(location),
    isWithinStatement: (place, { location }) =>
      syntax.unitAt(locationOf(place)) === syntax.unitAt(location),
    async ignoresException(paused, control) {
      const verdict = exceptions.judge(paused, syntax);
      if (verdict !== 'asked') return verdict === 'ignored';
      return !(await control.wantsError(thrownBy(paused)).catch(shownIfUnknown));
    },
  };
}

/** A condition that calls a handler's function may have no end; the user had better see where. */
function shownIfUnknown(error: unknown): boolean {
  if (error instanceof AdapterError && error.code === 'EVALUATION_FAILED') return true;
  throw error;
}
