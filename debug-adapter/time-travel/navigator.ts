import { isBefore, type Moment } from '../../runtime/index.ts';
import { CONTROL_EXPRESSION, quietUntil, type Target, type Told } from '../agent/index.ts';
import type { BreakPlace } from '../breakpoints/break-locations.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { Eyes } from '../v8/pause-filter.ts';
import { placeOf } from '../v8/step-state.ts';
import type { Replica, Spawn } from './checkpoint.ts';
import { Replicas } from './checkpoint-pool.ts';
import { type LinePlace, WayBack } from './line-history.ts';
import { Walker } from './line-replayer.ts';
import type { Progress } from './navigation-progress.ts';
import { arrivalAt, type Place, type Trail } from './position.ts';
import { hide } from './recorded-assignments.ts';
import { isFirst, lastStopBefore, type PastStop } from './reverse-search.ts';
import type { Recording } from './timeline.ts';

/** A run that has come to where it was wanted. */
export interface Arrived {
  readonly replica: Replica;
  readonly pause: Pause;
  readonly place: Place;
  /** What it has told on its way through the lines of a handler. */
  readonly told: readonly Told[];
}

/** A run that has been called back stands within this time, or is in something without end. */
const LANDING_MS_MAX = 1000;

/** How far back a search begins at first, in boundaries; and by how much it widens each time. */
const SEARCHED_FIRST = 8;
const WIDENING = 16;

/** Brings runs in reserve to places of the past, for one of them to take the present one's seat. */
export class Journeys {
  /** Aborted when the user no longer wants to get where the journey under way leads. */
  signal = new AbortController().signal;
  private underWay: { readonly debuggee: Debuggee; readonly target?: Target } | undefined;
  private readonly replicas: Replicas;
  private readonly recording: Recording;
  private readonly eyes: Eyes;
  private closed = false;
  /** Who steps back over a line is likely to do so again. */
  private wayBack: WayBack | undefined;

  constructor(spawn: Spawn, recording: Recording, eyes: Eyes) {
    this.replicas = new Replicas(spawn);
    this.recording = recording;
    this.eyes = eyes;
  }

  /** How far the journey under way is. */
  get progress(): Progress | undefined {
    if (!this.underWay) return undefined;
    const { debuggee, target } = this.underWay;
    return { step: debuggee.step, ...(target && { to: quietUntil(target) }) };
  }

  /**
   * Has the run that stands at `from` go there itself; if that is cancelled, it stands earlier.
   * `undefined` if it does not come to a boundary where it can.
   */
  async ahead(
    debuggee: Debuggee,
    target: Target,
    aloud: boolean,
    from: Moment,
  ): Promise<Pause | undefined> {
    const { signal } = this;
    let timer: NodeJS.Timeout | undefined;
    let giveUp = () => {};
    const late = new Promise<undefined>((resolve) => {
      // No other run could be brought to the midst of what has not come to any boundary.
      const isLoading = () => from.boundary === 0 && debuggee.step === 0;
      giveUp = () => (isLoading() ? debuggee.stayHere() : resolve(undefined));
    });
    const land = () => {
      debuggee.landSoon();
      timer = setTimeout(giveUp, LANDING_MS_MAX);
    };
    signal.addEventListener('abort', land);
    this.underWay = { debuggee, target };
    try {
      const arrival = debuggee.seek(target, this.recording.inputs, aloud);
      if (signal.aborted) land();
      return await Promise.race([arrival, late]);
    } finally {
      clearTimeout(timer);
      this.underWay = undefined;
      signal.removeEventListener('abort', land);
    }
  }

  /** Whether the run was stopped at `pause` before it was where it had been sent. */
  endedEarly({ standing: { moment, status } }: Pause, target: Target): boolean {
    if (!this.signal.aborted) return false;
    if (target.kind === 'step') return status !== undefined && status.step < target.step;
    return moment !== undefined && isBefore(moment, target.moment);
  }

  /** @throws AdapterError when the program does not come by there again. */
  to(target: Target, trail?: Trail): Promise<Arrived> {
    return this.bring(target, trail, this.signal);
  }

  /** As {@link to}, although the journey under way has been cancelled. */
  fetch(target: Target, trail?: Trail): Promise<Arrived> {
    return this.bring(target, trail, new AbortController().signal);
  }

  private bring(target: Target, trail: Trail | undefined, signal: AbortSignal): Promise<Arrived> {
    const arrive = async (replica: Replica) => {
      const { moment } = replica;
      if (!trail) {
        const { pause } = replica;
        if (!pause) throw new Error('internal: a replica that arrived stands nowhere');
        return { replica, pause, place: { moment }, told: [] };
      }
      const walker = new Walker(replica, this.eyes);
      const pause = await walker.follow(trail);
      return { replica, pause, place: { moment, trail }, told: walker.told };
    };
    return this.withReplica(target, arrive, signal);
  }

  /**
   * The place of the line before `place`, where the functions with the places `around` are under
   * way; `undefined` at the first line of its handler.
   */
  async lineBefore(
    place: LinePlace,
    around: readonly BreakPlace[],
  ): Promise<LinePlace | undefined> {
    const known = this.wayBack?.before(place);
    if (known !== undefined) return known ?? undefined;
    const target = { kind: 'moment', moment: place.moment } as const;
    this.wayBack = await this.scout(target, (walker, replica) =>
      WayBack.to(place, around, replica, walker),
    );
    return this.wayBack.before(place) ?? undefined;
  }

  /** The last line of the handler entered at `moment`; see {@link WayBack.throughEvent}. */
  async lastLineOf(
    moment: Moment,
    around: (entry: Pause) => readonly BreakPlace[],
  ): Promise<LinePlace | undefined> {
    const target = { kind: 'moment', moment } as const;
    const way = await this.scout(target, (walker, replica) =>
      WayBack.throughEvent(around, replica, walker),
    );
    if (!way) return undefined;
    this.wayBack = await this.scout(target, (walker) => way.toTheEnd(walker));
    return this.wayBack.last;
  }

  /** How often the place `at` of the script is reached from the moment to the end of the trail. */
  async arrivalsAt(at: string, { moment, trail }: LinePlace): Promise<number> {
    return this.scout({ kind: 'moment', moment }, async (walker, { debuggee }) => {
      const counter = `to the end ${at}`;
      const condition = `${CONTROL_EXPRESSION}.gate.arrives('${counter}') < 0`;
      await hide(debuggee.cdp, at, condition, 'count');
      const { standing } = await walker.follow(trail);
      return standing.arrivals[counter] ?? 0;
    });
  }

  /**
   * The last stop before `here`, where the run stands at `from`, when every run is prepared by
   * `prepare` to stop where the user wants it to. `fromStart` when what stops depends on how often
   * it has been reached before.
   */
  async stopBefore(
    here: Place,
    from: Pause,
    prepare: (debuggee: Debuggee) => Promise<void>,
    fromStart: boolean,
  ): Promise<PastStop | undefined> {
    if (isFirst(here)) return undefined;
    const place = await this.asArrival(here, from);
    const { boundary } = place.moment;
    for (let back = SEARCHED_FIRST; ; back *= WIDENING) {
      const first = fromStart ? 0 : Math.max(0, boundary - back);
      const start: Target | undefined =
        first === 0 ? undefined : { kind: 'moment', moment: { boundary: first, notice: 1 } };
      const found = await this.scout(start, async (walker, { debuggee }) => {
        await prepare(debuggee);
        return lastStopBefore(place, walker, debuggee.cdp);
      });
      if (found || first === 0) return found;
    }
  }

  /** The same place, told in the way by which one sees what stops come before it. */
  private async asArrival(place: Place, { cause, ...pause }: Pause): Promise<Place> {
    const { moment, trail } = place;
    // Breakpoints may have been set since on lines that were stepped over.
    if (!trail || trail.steps.length === 0 || cause.kind !== 'step') return place;
    const at = placeOf(pause);
    const arrival = await this.arrivalsAt(at, { moment, trail });
    return { moment, trail: { base: arrivalAt(at, arrival), steps: [] } };
  }

  /** Whether a run in reserve is much nearer to `target` than one that stands at `from`. */
  isNearer(target: Target, from: Pause): boolean {
    const { moment } = from.standing;
    return moment !== undefined && this.replicas.isNearer(target, moment);
  }

  /** Has runs in reserve for what may be wanted next; at `moments`, what steps back need. */
  prepare(moments: readonly Moment[] = []): void {
    const { steps, inputs } = this.recording;
    this.replicas.prepare(steps, inputs, moments);
  }

  /** The course has become another one after `moment`. */
  forgetAfter(moment: Moment): Promise<void> {
    this.wayBack = undefined;
    return this.replicas.forgetAfter(moment);
  }

  close(): Promise<void> {
    this.closed = true;
    return this.replicas.close();
  }

  /** Finds something out by a run that stands at `target`, or has not begun, and is then ended. */
  private scout<Result>(
    target: Target | undefined,
    findOut: (walker: Walker, replica: Replica) => Promise<Result>,
  ): Promise<Result> {
    return this.withReplica(target, async (replica) => {
      const result = await findOut(new Walker(replica, this.eyes), replica);
      await replica.terminate();
      return result;
    });
  }

  /** Does `use` with a run that stands at `target`, or has not begun; ends it when that fails. */
  private async withReplica<Result>(
    target: Target | undefined,
    use: (replica: Replica) => Promise<Result>,
    signal = this.signal,
  ): Promise<Result> {
    const replica = await this.replicas.take(target);
    const end = () => void replica.terminate();
    signal.addEventListener('abort', end);
    this.underWay = { debuggee: replica.debuggee, ...(target && { target }) };
    try {
      signal.throwIfAborted();
      if (target) await replica.goTo(target, this.recording.inputs);
      else await replica.expect(this.recording.inputs);
      const result = await use(replica);
      signal.throwIfAborted();
      return result;
    } catch (error) {
      await replica.terminate();
      if (this.closed) throw new AdapterError('ENDED', 'the program has ended');
      // A run that has been ended fails in many ways.
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.underWay = undefined;
      signal.removeEventListener('abort', end);
    }
  }
}
