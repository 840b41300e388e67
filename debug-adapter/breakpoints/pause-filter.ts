import type { DataBreakpoint } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { thrownBy } from '../v8/pause.ts';
import type { RunListener } from '../v8/run.ts';
import type { ProgramImage } from '../v8/script/program-image.ts';
import { locationOf } from '../v8/script/script-location.ts';
import type { BreakpointSet } from './breakpoint-set.ts';

/** Which frames are the author's, and which exceptions count. */
export type PauseFilter = Pick<
  RunListener,
  'ignoresException' | 'isAuthored' | 'isDebuggerStatement' | 'isWithinStatement'
> & {
  /** The states that are watched. */
  dataRules(): readonly DataBreakpoint[];
};

/** The filter for the runs of a program with these breakpoints. */
export function pauseFilterOf(
  { sources, syntax }: ProgramImage,
  { exceptions, data }: BreakpointSet,
): PauseFilter {
  return {
    isAuthored: ({ location }) => sources.ofLocation(location) !== undefined,
    isDebuggerStatement: ({ location }) => syntax.isDebuggerStatement(location),
    isWithinStatement: (place, { location }) =>
      syntax.unitAt(locationOf(place)) === syntax.unitAt(location),
    dataRules: () => data.rules,
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
