import { isBefore, type Moment } from '../../runtime/index.ts';
import {
  CONTROL_EXPRESSION,
  mutedUntil,
  type OutputRecord,
  type RunTarget,
} from '../agent/index.ts';
import type { BreakLocation } from '../breakpoints/break-locations.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { PauseFilter } from '../breakpoints/pause-filter.ts';
import { locationOfPause } from '../v8/step-state.ts';
import type { Checkpoint, Spawn } from './checkpoint.ts';
import { CheckpointPool } from './checkpoint-pool.ts';
import { LineHistory, type LinePosition } from './line-history.ts';
import { LineReplayer } from './line-replayer.ts';
import type { ProgressUpdate } from './navigation-progress.ts';
import { anchorAt, type StepPath, type StopPosition } from './position.ts';
import { setProbe } from '../v8/probe.ts';
import { isFirst, lastStopBefore, type PastStop } from './reverse-search.ts';
import type { Timeline } from './timeline.ts';

/** A run that has come to where it was wanted. */
export interface TargetReached {
  readonly checkpoint: Checkpoint;
  readonly pause: Pause;
  readonly position: StopPosition;
  /** What it has told on its way through the lines of a handler. */
  readonly output: readonly OutputRecord[];
}

/** A run that has been called back stands within this time, or is in something without end. */
const LANDING_MS_MAX = 1000;

/** How far back a search begins at first, in boundaries; and by how much it widens each time. */
const SEARCHED_FIRST = 8;
const WIDENING = 16;

/** Brings runs in reserve to places of the past, for one of them to take the present one's seat. */
export class Navigator {
  /** Aborted when the user no longer wants to get where the journey under way leads. */
  signal = new AbortController().signal;
  private navigating: { readonly debuggee: Debuggee; readonly target?: RunTarget } | undefined;
  private readonly pool: CheckpointPool;
  private readonly timeline: Timeline;
  private readonly pauseFilter: PauseFilter;
  private closed = false;
  /** Who steps back over a line is likely to do so again. */
  private lineHistory: LineHistory | undefined;

  constructor(spawn: Spawn, recording: Timeline, eyes: PauseFilter) {
    this.pool = new CheckpointPool(spawn);
    this.timeline = recording;
    this.pauseFilter = eyes;
  }

  /** How far the journey under way is. */
  get progress(): ProgressUpdate | undefined {
    if (!this.navigating) return undefined;
    const { debuggee, target } = this.navigating;
    return { step: debuggee.step, ...(target && { goTo: mutedUntil(target) }) };
  }

  /**
   * Has the run that stands at `from` go there itself; if that is cancelled, it stands earlier.
   * `undefined` if it does not come to a boundary where it can.
   */
  async ahead(
    debuggee: Debuggee,
    target: RunTarget,
    aloud: boolean,
    from: Moment,
  ): Promise<Pause | undefined> {
    const { signal } = this;
    let timer: NodeJS.Timeout | undefined;
    let giveUp = () => {};
    const late = new Promise<undefined>((resolve) => {
      // No other run could be brought to the midst of what has not come to any boundary.
      const isLoading = () => from.boundary === 0 && debuggee.step === 0;
      giveUp = () => (isLoading() ? debuggee.stay() : resolve(undefined));
    });
    const land = () => {
      debuggee.stopEarly();
      timer = setTimeout(giveUp, LANDING_MS_MAX);
    };
    signal.addEventListener('abort', land);
    this.navigating = { debuggee, target };
    try {
      const arrival = debuggee.seek(target, this.timeline.inputs, aloud);
      if (signal.aborted) land();
      return await Promise.race([arrival, late]);
    } finally {
      clearTimeout(timer);
      this.navigating = undefined;
      signal.removeEventListener('abort', land);
    }
  }

  /** Whether the run was stopped at `pause` before it was where it had been sent. */
  endedEarly({ snapshot: { moment, status } }: Pause, target: RunTarget): boolean {
    if (!this.signal.aborted) return false;
    if (target.kind === 'step') return status !== undefined && status.step < target.step;
    return moment !== undefined && isBefore(moment, target.moment);
  }

  /** @throws AdapterError when the program does not come by there again. */
  to(target: RunTarget, trail?: StepPath): Promise<TargetReached> {
    return this.bring(target, trail, this.signal);
  }

  /** As {@link to}, although the journey under way has been cancelled. */
  fetch(target: RunTarget, trail?: StepPath): Promise<TargetReached> {
    return this.bring(target, trail, new AbortController().signal);
  }

  private bring(
    target: RunTarget,
    trail: StepPath | undefined,
    signal: AbortSignal,
  ): Promise<TargetReached> {
    const arrive = async (replica: Checkpoint) => {
      const { position: moment } = replica;
      if (!trail) {
        const { pause } = replica;
        if (!pause) throw new Error('internal: a replica that arrived stands nowhere');
        return { checkpoint: replica, pause, position: { moment }, output: [] };
      }
      const walker = new LineReplayer(replica, this.pauseFilter);
      const pause = await walker.follow(trail);
      return {
        checkpoint: replica,
        pause,
        position: { moment, path: trail },
        output: walker.output,
      };
    };
    return this.withCheckpoint(target, arrive, signal);
  }

  /**
   * The place of the line before `place`, where the functions with the places `around` are under
   * way; `undefined` at the first line of its handler.
   */
  async lineBefore(
    place: LinePosition,
    around: readonly BreakLocation[],
  ): Promise<LinePosition | undefined> {
    const known = this.lineHistory?.before(place);
    if (known !== undefined) return known ?? undefined;
    const target = { kind: 'moment', moment: place.moment } as const;
    this.lineHistory = await this.withScratchRun(target, (walker, replica) =>
      LineHistory.to(place, around, replica, walker),
    );
    return this.lineHistory.before(place) ?? undefined;
  }

  /** The last line of the handler entered at `moment`; see {@link LineHistory.throughEvent}. */
  async lastLineOf(
    moment: Moment,
    around: (entry: Pause) => readonly BreakLocation[],
  ): Promise<LinePosition | undefined> {
    const target = { kind: 'moment', moment } as const;
    const way = await this.withScratchRun(target, (walker, replica) =>
      LineHistory.throughEvent(around, replica, walker),
    );
    if (!way) return undefined;
    this.lineHistory = await this.withScratchRun(target, (walker) => way.toTheEnd(walker));
    return this.lineHistory.last;
  }

  /** How often the place `at` of the script is reached from the moment to the end of the trail. */
  async arrivalsAt(at: string, { moment, path: trail }: LinePosition): Promise<number> {
    return this.withScratchRun({ kind: 'moment', moment }, async (walker, { debuggee }) => {
      const counter = `to the end ${at}`;
      const condition = `${CONTROL_EXPRESSION}.gate.countHit('${counter}') < 0`;
      await setProbe(debuggee.cdp, at, condition, 'count');
      const { snapshot: standing } = await walker.follow(trail);
      return standing.hitCounts[counter] ?? 0;
    });
  }

  /**
   * The last stop before `here`, where the run stands at `from`, when every run is prepared by
   * `prepare` to stop where the user wants it to. `fromStart` when what stops depends on how often
   * it has been reached before.
   */
  async stopBefore(
    here: StopPosition,
    from: Pause,
    prepare: (debuggee: Debuggee) => Promise<void>,
    fromStart: boolean,
  ): Promise<PastStop | undefined> {
    if (isFirst(here)) return undefined;
    const place = await this.asArrival(here, from);
    const { boundary } = place.moment;
    for (let back = SEARCHED_FIRST; ; back *= WIDENING) {
      const first = fromStart ? 0 : Math.max(0, boundary - back);
      const start: RunTarget | undefined =
        first === 0 ? undefined : { kind: 'moment', moment: { boundary: first, notice: 1 } };
      const found = await this.withScratchRun(start, async (walker, { debuggee }) => {
        await prepare(debuggee);
        return lastStopBefore(place, walker, debuggee.cdp);
      });
      if (found || first === 0) return found;
    }
  }

  /** The same place, told in the way by which one sees what stops come before it. */
  private async asArrival(place: StopPosition, { cause, ...pause }: Pause): Promise<StopPosition> {
    const { moment, path: trail } = place;
    // Breakpoints may have been set since on lines that were stepped over.
    if (!trail || trail.steps.length === 0 || cause.kind !== 'step') return place;
    const at = locationOfPause(pause);
    const arrival = await this.arrivalsAt(at, { moment, path: trail });
    return { moment, path: { anchor: anchorAt(at, arrival), steps: [] } };
  }

  /** Whether a run in reserve is much nearer to `target` than one that stands at `from`. */
  isNearer(target: RunTarget, from: Pause): boolean {
    const { moment } = from.snapshot;
    return moment !== undefined && this.pool.isNearer(target, moment);
  }

  /** Has runs in reserve for what may be wanted next; at `moments`, what steps back need. */
  prepare(moments: readonly Moment[] = []): void {
    const { steps, inputs } = this.timeline;
    this.pool.prepare(steps, inputs, moments);
  }

  /** The course has become another one after `moment`. */
  discardAfter(moment: Moment): Promise<void> {
    this.lineHistory = undefined;
    return this.pool.discardAfter(moment);
  }

  close(): Promise<void> {
    this.closed = true;
    return this.pool.close();
  }

  /** Finds something out by a run that stands at `target`, or has not begun, and is then ended. */
  private withScratchRun<Result>(
    target: RunTarget | undefined,
    findOut: (walker: LineReplayer, replica: Checkpoint) => Promise<Result>,
  ): Promise<Result> {
    return this.withCheckpoint(target, async (replica) => {
      const result = await findOut(new LineReplayer(replica, this.pauseFilter), replica);
      await replica.terminate();
      return result;
    });
  }

  /** Does `use` with a run that stands at `target`, or has not begun; ends it when that fails. */
  private async withCheckpoint<Result>(
    target: RunTarget | undefined,
    use: (replica: Checkpoint) => Promise<Result>,
    signal = this.signal,
  ): Promise<Result> {
    const replica = await this.pool.take(target);
    const end = () => void replica.terminate();
    signal.addEventListener('abort', end);
    this.navigating = { debuggee: replica.debuggee, ...(target && { target }) };
    try {
      signal.throwIfAborted();
      if (target) await replica.resumeTo(target, this.timeline.inputs);
      else await replica.expect(this.timeline.inputs);
      const result = await use(replica);
      signal.throwIfAborted();
      return result;
    } catch (error) {
      await replica.terminate();
      if (this.closed) throw new AdapterError('ENDED', 'the program has ended');
      // A run that has been ended fails in many ways.
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.navigating = undefined;
      signal.removeEventListener('abort', end);
    }
  }
}
