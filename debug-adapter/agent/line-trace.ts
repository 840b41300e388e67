import { PROGRAM_URL } from '../../program/index.ts';

/** A line of the author's that a run has come by. */
export interface TracedLine {
  /** Its place in the script, `LINE:COLUMN`. */
  readonly at: string;
  /** The how-manieth arrival there it was since the run is followed, from 1. */
  readonly hitCount: number;
  /** How many frames of the author there were. */
  readonly depth: number;
  /** What is stepped over as one there: a statement, or a part of a loop's head. */
  readonly unit: string;
}

/** Steps further back than this are found in another run. */
export const TRACED_LINES_MAX = 1000;

/**
 * The lines by which steps back would go, from where the run stands: of the functions that are
 * under way, and without those of calls that have returned. Called by V8, as conditions of
 * breakpoints that are never met: a run comes by at many times the speed of single steps.
 */
export class LineTrace {
  private readonly arrivals = new Map<string, number>();
  private steps: TracedLine[] = [];
  private readonly rehearsing: () => boolean;

  constructor(rehearsing: () => boolean) {
    this.rehearsing = rehearsing;
  }

  /** The run comes by the place `at`. */
  pass(at: string, unit: string): false {
    if (this.rehearsing()) return false;
    const arrival = (this.arrivals.get(at) ?? 0) + 1;
    this.arrivals.set(at, arrival);
    const depth = authorDepth();
    this.returnTo(depth);
    const last = this.steps.at(-1);
    // V8 steps over the calls within a statement together with the statement.
    if (last?.depth === depth && last.unit === unit) return false;
    this.steps.push({ at, hitCount: arrival, depth, unit });
    if (this.steps.length >= 2 * TRACED_LINES_MAX) this.steps = this.steps.slice(-TRACED_LINES_MAX);
    return false;
  }

  /** The last of them as seen from `depth` frames of the author, earliest first. */
  seenFrom(depth: number): readonly TracedLine[] {
    this.returnTo(depth);
    return this.steps.slice(-TRACED_LINES_MAX);
  }

  private returnTo(depth: number): void {
    while ((this.steps.at(-1)?.depth ?? 0) > depth) this.steps.pop();
  }
}

/** How many frames of the author there are below the caller. */
function authorDepth(): number {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const counted = { stack: 0 as unknown };
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  Error.prepareStackTrace = (_error, sites) =>
    sites.filter((site) => site.getFileName()?.endsWith(PROGRAM_URL) && !site.isAsync()).length;
  try {
    Error.captureStackTrace(counted, authorDepth);
    return Number(counted.stack);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}
