import { PROGRAM_URL } from '../../program/index.ts';

/** A line of the author's code that the run reached. */
export interface TracedLine {
  /** Its location in the script, `LINE:COLUMN`. */
  readonly at: string;
  /** 1-based hit count of this location since tracing began. */
  readonly hitCount: number;
  /** The number of the author's frames on the stack. */
  readonly depth: number;
  /** What Step Over treats as one: a statement, or a part of a loop's head. */
  readonly unit: string;
}

/** The trace keeps this many lines; steps further back need another replay. */
export const TRACED_LINES_MAX = 1000;

/**
 * The lines that Step Back would go to from the current position: those of the functions on the
 * stack, without those of calls that have returned. Probes record them, because a probe is many
 * times faster than a single step of V8.
 */
export class LineTrace {
  private readonly hitCounts = new Map<string, number>();
  private lines: TracedLine[] = [];
  private readonly isReExecuting: () => boolean;

  constructor(isReExecuting: () => boolean) {
    this.isReExecuting = isReExecuting;
  }

  /** Called by a probe at the location `at`. */
  record(at: string, unit: string): false {
    if (this.isReExecuting()) return false;
    const hitCount = (this.hitCounts.get(at) ?? 0) + 1;
    this.hitCounts.set(at, hitCount);
    const depth = authorDepth();
    this.returnTo(depth);
    const last = this.lines.at(-1);
    // V8 steps over a statement together with the calls in it.
    if (last?.depth === depth && last.unit === unit) return false;
    this.lines.push({ at, hitCount, depth, unit });
    if (this.lines.length >= 2 * TRACED_LINES_MAX) this.lines = this.lines.slice(-TRACED_LINES_MAX);
    return false;
  }

  /** The lines that lead to a stack of `depth` frames of the author, earliest first. */
  linesFrom(depth: number): readonly TracedLine[] {
    this.returnTo(depth);
    return this.lines.slice(-TRACED_LINES_MAX);
  }

  private returnTo(depth: number): void {
    while ((this.lines.at(-1)?.depth ?? 0) > depth) this.lines.pop();
  }
}

/** The number of the author's frames below the caller. */
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
