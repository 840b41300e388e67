import { isBefore, type Moment } from '../../runtime/index.ts';
import { mutedUntil, type OutputRecord, type RunTarget } from '../agent/index.ts';
import type { BreakLocation } from '../breakpoints/break-locations.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import { countsHits, setProbe } from '../v8/probe.ts';
import { locationOfPause } from '../v8/step-state.ts';
import type { Checkpoint, Spawn } from './checkpoint.ts';
import { CheckpointPool } from './checkpoint-pool.ts';
import { LineHistory, type LinePosition } from './line-history.ts';
import { type DataRules, LineReplayer } from './line-replayer.ts';
import type { ProgressUpdate } from './navigation-progress.ts';
import { anchorAt, type StepPath, type StopPosition } from './position.ts';
import { isFirst, lastStopBefore, type PastStop } from './reverse-search.ts';
import type { Timeline } from './timeline.ts';

/** A checkpoint that was resumed and has reached its target. */
export interface TargetReached {
  readonly checkpoint: Checkpoint;
  readonly pause: Pause;
  readonly position: StopPosition;
  /** What the program wrote between the position's moment and the position itself. */
  readonly output: readonly OutputRecord[];
}

/** A cancelled run stops within this time, unless its code does not terminate. */
const EARLY_STOP_MS_MAX = 1000;

/** The first range of a reverse search, in boundaries, and the factor by which it grows. */
const SEARCH_RANGE_FIRST = 8;
const SEARCH_RANGE_FACTOR = 16;

/**
 * Resumes checkpoints: to make one of them the active run at an earlier position, or to find
 * something out about the past with a run that is ended afterwards.
 */
export class CheckpointReplayer {
  /** Aborted when the user cancels the navigation in progress. */
  signal = new AbortController().signal;
  private navigating: { readonly debuggee: Debuggee; readonly target?: RunTarget } | undefined;
  private readonly pool: CheckpointPool;
  private readonly timeline: Timeline;
  private readonly dataRules: DataRules;
  private closed = false;
  /** Kept because a user who steps back over a line is likely to do so again. */
  private lineHistory: LineHistory | undefined;

  constructor(spawn: Spawn, timeline: Timeline, dataRules: DataRules) {
    this.pool = new CheckpointPool(spawn);
    this.timeline = timeline;
    this.dataRules = dataRules;
  }

  /** The progress of the navigation in progress. */
  get progress(): ProgressUpdate | undefined {
    if (!this.navigating) return undefined;
    const { debuggee, target } = this.navigating;
    return { step: debuggee.step, ...(target && { goTo: mutedUntil(target) }) };
  }

  /**
   * Continues the run that is paused at `from` to `target`. When cancelled, the run stops earlier;
   * the result is `undefined` if it reaches no boundary at which it could.
   */
  async continueTo(
    debuggee: Debuggee,
    target: RunTarget,
    emitting: boolean,
    from: Moment,
  ): Promise<Pause | undefined> {
    const { signal } = this;
    let timer: NodeJS.Timeout | undefined;
    let giveUp = () => {};
    const late = new Promise<undefined>((resolve) => {
      // Before the first boundary there is no position that a checkpoint could be resumed to.
      const isLoading = () => from.boundary === 0 && debuggee.step === 0;
      giveUp = () => (isLoading() ? debuggee.stay() : resolve(undefined));
    });
    const stopEarly = () => {
      debuggee.stopEarly();
      timer = setTimeout(giveUp, EARLY_STOP_MS_MAX);
    };
    signal.addEventListener('abort', stopEarly);
    this.navigating = { debuggee, target };
    try {
      const reached = debuggee.seek(target, this.timeline.inputs, emitting);
      if (signal.aborted) stopEarly();
      return await Promise.race([reached, late]);
    } finally {
      clearTimeout(timer);
      this.navigating = undefined;
      signal.removeEventListener('abort', stopEarly);
    }
  }

  /** Whether cancellation stopped the run at `pause`, before `target`. */
  endedEarly({ snapshot: { moment, status } }: Pause, target: RunTarget): boolean {
    if (!this.signal.aborted) return false;
    if (target.kind === 'step') return status !== undefined && status.step < target.step;
    return moment !== undefined && isBefore(moment, target.moment);
  }

  /** Resumes a checkpoint to `target`. @throws AdapterError if the replay does not reach it. */
  goTo(target: RunTarget, path?: StepPath): Promise<TargetReached> {
    return this.resume(target, path, this.signal);
  }

  /** As {@link goTo}, but regardless of the user's cancellation. */
  goToDespiteCancellation(target: RunTarget, path?: StepPath): Promise<TargetReached> {
    return this.resume(target, path, new AbortController().signal);
  }

  private resume(
    target: RunTarget,
    path: StepPath | undefined,
    signal: AbortSignal,
  ): Promise<TargetReached> {
    const followPath = async (checkpoint: Checkpoint) => {
      const { position: moment } = checkpoint;
      if (!path) {
        const { pause } = checkpoint;
        if (!pause) throw new Error('internal: a checkpoint that reached its target is not paused');
        return { checkpoint, pause, position: { moment }, output: [] };
      }
      const lines = new LineReplayer(checkpoint, this.dataRules);
      const pause = await lines.follow(path);
      return { checkpoint, pause, position: { moment, path }, output: lines.output };
    };
    return this.withCheckpoint(target, followPath, signal);
  }

  /**
   * The position of the line before `position`; `undefined` at the first line of its handler.
   * `around` are the locations of the functions on the stack.
   */
  async lineBefore(
    position: LinePosition,
    around: readonly BreakLocation[],
  ): Promise<LinePosition | undefined> {
    const known = this.lineHistory?.before(position);
    if (known !== undefined) return known ?? undefined;
    const target = { kind: 'moment', moment: position.moment } as const;
    this.lineHistory = await this.withScratchRun(target, (lines, checkpoint) =>
      LineHistory.to(position, around, checkpoint, lines),
    );
    return this.lineHistory.before(position) ?? undefined;
  }

  /** The last line of the handler entered at `moment`; see {@link LineHistory.throughEvent}. */
  async lastLineOf(
    moment: Moment,
    around: (entry: Pause) => readonly BreakLocation[],
  ): Promise<LinePosition | undefined> {
    const target = { kind: 'moment', moment } as const;
    const history = await this.withScratchRun(target, (lines, checkpoint) =>
      LineHistory.throughEvent(around, checkpoint, lines),
    );
    if (!history) return undefined;
    this.lineHistory = await this.withScratchRun(target, (lines) => history.toTheEnd(lines));
    return this.lineHistory.last;
  }

  /** The hit count of `at`, a location of the script, between the moment and the position. */
  async hitCountAt(at: string, { moment, path }: LinePosition): Promise<number> {
    return this.withScratchRun({ kind: 'moment', moment }, async (lines, { debuggee }) => {
      const counter = `to the end ${at}`;
      await setProbe(debuggee.cdp, at, countsHits(counter), 'count');
      const { snapshot } = await lines.follow(path);
      return snapshot.hitCounts[counter] ?? 0;
    });
  }

  /**
   * The last stop before `here`, the position of the pause `from`. `prepare` sets in a run what it
   * is to stop for; `fromStart` searches from the beginning, because stops depend on hit counts.
   */
  async stopBefore(
    here: StopPosition,
    from: Pause,
    prepare: (debuggee: Debuggee) => Promise<void>,
    fromStart: boolean,
  ): Promise<PastStop | undefined> {
    if (isFirst(here)) return undefined;
    const position = await this.asHit(here, from);
    const { boundary } = position.moment;
    for (let back = SEARCH_RANGE_FIRST; ; back *= SEARCH_RANGE_FACTOR) {
      const first = fromStart ? 0 : Math.max(0, boundary - back);
      const start: RunTarget | undefined =
        first === 0 ? undefined : { kind: 'moment', moment: { boundary: first, notice: 1 } };
      const found = await this.withScratchRun(start, async (lines, { debuggee }) => {
        await prepare(debuggee);
        return lastStopBefore(position, lines, debuggee.cdp);
      });
      if (found || first === 0) return found;
    }
  }

  /** The same position as the n-th hit of a location, which can be compared with other stops. */
  private async asHit(position: StopPosition, { cause, ...pause }: Pause): Promise<StopPosition> {
    const { moment, path } = position;
    // The user may have set breakpoints on lines that were stepped over.
    if (!path || path.steps.length === 0 || cause.kind !== 'step') return position;
    const at = locationOfPause(pause);
    const hitCount = await this.hitCountAt(at, { moment, path });
    return { moment, path: { anchor: anchorAt(at, hitCount), steps: [] } };
  }

  /** Whether a checkpoint is much nearer to `target` than the run paused at `from`. */
  isNearer(target: RunTarget, from: Pause): boolean {
    const { moment } = from.snapshot;
    return moment !== undefined && this.pool.isNearer(target, moment);
  }

  /** Creates the checkpoints that are likely to be wanted next, first those at `moments`. */
  prepare(moments: readonly Moment[] = []): void {
    const { steps, inputs } = this.timeline;
    this.pool.prepare(steps, inputs, moments);
  }

  /** Discards what belongs to the history after `moment`, which has changed. */
  discardAfter(moment: Moment): Promise<void> {
    this.lineHistory = undefined;
    return this.pool.discardAfter(moment);
  }

  close(): Promise<void> {
    this.closed = true;
    return this.pool.close();
  }

  /** Resumes a checkpoint to `target`, or takes one at the start, and ends it after `findOut`. */
  private withScratchRun<Result>(
    target: RunTarget | undefined,
    findOut: (lines: LineReplayer, checkpoint: Checkpoint) => Promise<Result>,
  ): Promise<Result> {
    return this.withCheckpoint(target, async (checkpoint) => {
      const lines = new LineReplayer(checkpoint, this.dataRules);
      const result = await findOut(lines, checkpoint);
      await checkpoint.terminate();
      return result;
    });
  }

  /** Resumes a checkpoint to `target` and passes it to `use`; ends it if anything fails. */
  private async withCheckpoint<Result>(
    target: RunTarget | undefined,
    use: (checkpoint: Checkpoint) => Promise<Result>,
    signal = this.signal,
  ): Promise<Result> {
    const checkpoint = await this.pool.take(target);
    const end = () => void checkpoint.terminate();
    signal.addEventListener('abort', end);
    this.navigating = { debuggee: checkpoint.debuggee, ...(target && { target }) };
    try {
      signal.throwIfAborted();
      if (target) await checkpoint.resumeTo(target, this.timeline.inputs);
      else await checkpoint.expect(this.timeline.inputs);
      const result = await use(checkpoint);
      signal.throwIfAborted();
      return result;
    } catch (error) {
      await checkpoint.terminate();
      if (this.closed) throw new AdapterError('ENDED', 'the program has ended');
      // A run that was ended fails with various errors; the cancellation is the reason.
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.navigating = undefined;
      signal.removeEventListener('abort', end);
    }
  }
}
