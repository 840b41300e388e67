import { isBefore, isSameMoment, type Moment, type RecordedInput } from '../../runtime/index.ts';
import type { RunTarget } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Run } from '../v8/run.ts';
import { Checkpoint, type Spawn } from './checkpoint.ts';

/** Runs parked beyond the one that has not begun; each takes the memory of a run. */
const PARKED_MAX = 6;

/** A history shorter than this is repeated in no time; a longer one has runs parked on its way. */
const STEPS_APART_MIN = 50_000;

/** Starting a run takes time of a core; it waits until the user has been served. */
const IDLE_MS = 200;
/** Who goes back is likely to go back once more. */
const IDLE_BACK_MS = 20;

/**
 * Runs in reserve, so that going back does not mean to begin at the beginning: one that is ready
 * to go, and, in a long history, some that stand on the way. They are what snapshots are to other
 * simulators, and are exact for whatever a program keeps, closures and iterators included.
 */
export class CheckpointPool {
  private checkpoints: Checkpoint[] = [];
  private preparing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** Grows when the history becomes another one; runs under way on the old one are then ended. */
  private course = 0;
  private readonly spawn: Spawn;

  /** Whatever has been started, so that {@link close} ends it wherever it has got to. */
  private readonly started = new Set<Run>();

  constructor(spawn: Spawn) {
    this.spawn = async (events) => {
      if (this.closed) throw new AdapterError('ENDED', 'the program has ended');
      for (const each of this.started) if (each.isEnded) this.started.delete(each);
      return spawn(events, (run) => this.started.add(run));
    };
  }

  /** Takes the run that is nearest before `target`, or has not begun, out of the reserve. */
  async take(target: RunTarget | undefined): Promise<Checkpoint> {
    clearTimeout(this.timer);
    const fits = (each: Checkpoint) => (target ? isOnTheWay(each, target) : !each.pause);
    const usable = this.checkpoints.filter((each) => each.isUsable && fits(each));
    const [nearest] = usable.sort((a, b) => (isBefore(a.position, b.position) ? 1 : -1));
    if (!nearest) return Checkpoint.start(this.spawn);
    this.checkpoints = this.checkpoints.filter((each) => each !== nearest);
    return nearest;
  }

  /** Whether one of them is much nearer before `target` than a run that stands at `moment`. */
  isNearer(target: RunTarget, moment: Moment): boolean {
    const boundary = moment.boundary + STEPS_APART_MIN / 2;
    const isNear = (each: Checkpoint) => each.isUsable && each.position.boundary > boundary;
    return this.checkpoints.some((each) => isNear(each) && isOnTheWay(each, target));
  }

  /**
   * Has runs stand where they will be wanted: at `moments` just before the present, the one wanted
   * soonest first, at the beginning, and at even distances in a history of `steps` steps.
   */
  prepare(steps: number, inputs: readonly RecordedInput[], moments: readonly Moment[]): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.preparing = this.preparing
          .then(() => this.add(steps, inputs, moments))
          .catch(() => undefined);
      },
      moments.length > 0 ? IDLE_BACK_MS : IDLE_MS,
    );
    this.timer.unref();
  }

  /** Ends the runs that stand after `moment`: the history has become another one there. */
  async discardAfter(moment: Moment): Promise<void> {
    this.course += 1;
    const gone = this.checkpoints.filter((each) => isBefore(moment, each.position));
    this.checkpoints = this.checkpoints.filter((each) => !gone.includes(each));
    await Promise.all(gone.map((each) => each.terminate()));
  }

  /** Ends them all, also those that are on their way, and has no more. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    this.checkpoints = [];
    await Promise.all([...this.started].map((each) => each.terminate()));
  }

  private async add(
    steps: number,
    inputs: readonly RecordedInput[],
    moments: readonly Moment[],
  ): Promise<void> {
    const { course } = this;
    const isOver = () => this.closed || course !== this.course;
    for (const target of places(steps, moments)) {
      if (isOver()) return;
      if (this.checkpoints.some((each) => each.isUsable && stands(each, target))) continue;
      const checkpoint = await (target ? this.atStart() : Checkpoint.start(this.spawn));
      if (target) await checkpoint.resumeTo(target, inputs);
      if (isOver()) return checkpoint.terminate();
      this.checkpoints.push(checkpoint);
    }
    await this.trim(steps, moments);
  }

  /** A run that has not begun; the reserve gets another one the next time. */
  private atStart(): Promise<Checkpoint> {
    const at = this.checkpoints.findIndex((each) => each.isUsable && !each.pause);
    const [unbegun] = at < 0 ? [] : this.checkpoints.splice(at, 1);
    return unbegun ? Promise.resolve(unbegun) : Checkpoint.start(this.spawn);
  }

  /** Ends what stands too close to another one, or is one too many. */
  private async trim(steps: number, moments: readonly Moment[]): Promise<void> {
    const surplus = this.checkpoints.length - PARKED_MAX - moments.length - 1;
    if (surplus <= 0) return;
    const targets = places(steps, moments);
    const wanted = (each: Checkpoint) => targets.some((target) => stands(each, target));
    const gone = this.checkpoints.filter((each) => !wanted(each)).slice(0, surplus);
    this.checkpoints = this.checkpoints.filter((each) => !gone.includes(each));
    await Promise.all(gone.map((each) => each.terminate()));
  }
}

/** Where runs are wanted; `undefined` before the program is loaded. */
function places(steps: number, moments: readonly Moment[]): (RunTarget | undefined)[] {
  const count = Math.min(PARKED_MAX, Math.floor(steps / STEPS_APART_MIN));
  const onTheWay = Array.from({ length: count }, (_, index): RunTarget => {
    return { kind: 'step', step: Math.floor((steps * (index + 1)) / (count + 1)) };
  });
  const justBefore = moments.map((moment): RunTarget => ({ kind: 'moment', moment }));
  return [...justBefore, ...onTheWay, undefined];
}

function stands(checkpoint: Checkpoint, target: RunTarget | undefined): boolean {
  if (!target) return checkpoint.pause === undefined;
  if (target.kind === 'moment') return isSameMoment(checkpoint.position, target.moment);
  const { step } = checkpoint.pause?.snapshot.status ?? {};
  return step !== undefined && Math.abs(step - target.step) < STEPS_APART_MIN / 2;
}

function isOnTheWay({ pause, position: moment }: Checkpoint, target: RunTarget): boolean {
  if (target.kind === 'moment') return !isBefore(target.moment, moment);
  const step = pause?.snapshot.status?.step ?? -1;
  return step < target.step || (step === target.step && moment.notice === 1);
}
