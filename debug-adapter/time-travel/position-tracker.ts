import { isSameMoment, type Moment } from '../../runtime/index.ts';
import { isAccess, isInHandler, type Pause } from '../v8/pause.ts';
import { locationOfPause, type ResumeAction } from '../v8/step-state.ts';
import {
  type Anchor,
  anchorAt,
  type LineStep,
  type StepPath,
  type StopPosition,
} from './position.ts';

/** Follows a run from stop to stop, to know by which way its lines can be reached again. */
export class PositionTracker {
  private position: StopPosition | undefined;
  private lastStep: LineStep | undefined;
  /** The stops of each kind since the moment. */
  private counts = { exception: 0, access: 0 };

  /** The run resumes with this action. */
  onResume({ command }: ResumeAction): void {
    this.lastStep = command === 'resume' ? undefined : command;
  }

  /** The run has been brought to `place` by other means. */
  onPositioned(place: StopPosition): void {
    this.position = place;
    const base = place.path?.anchor;
    this.counts = { exception: 0, access: 0 };
    if (base && 'nth' in base) this.counts[base.kind] = base.nth;
  }

  /** Where the run has last stopped. */
  get latest(): StopPosition | undefined {
    return this.position;
  }

  /** The run has stopped; where that is. */
  stops(pause: Pause): StopPosition | undefined {
    const { moment } = pause.snapshot;
    if (moment === undefined) return undefined;
    if (!this.position || !isSameMoment(this.position.moment, moment)) {
      this.counts = { exception: 0, access: 0 };
    }
    const trail = this.pathTo(pause, moment);
    this.position = { moment, ...(trail && { path: trail }) };
    return this.position;
  }

  private pathTo(pause: Pause, moment: Moment): StepPath | undefined {
    const base = this.anchorOf(pause);
    if (base) return { anchor: base, steps: [] };
    const { position: place, lastStep } = this;
    if (pause.cause.kind !== 'step') return undefined;
    if (place?.path && lastStep && isSameMoment(place.moment, moment)) {
      return { anchor: place.path.anchor, steps: [...place.path.steps, lastStep] };
    }
    return isInHandler(pause) ? { anchor: { kind: 'entry' }, steps: [] } : undefined;
  }

  private anchorOf(pause: Pause): Anchor | undefined {
    const { cause, snapshot: standing } = pause;
    if (cause.kind === 'exception') return { kind: 'exception', nth: ++this.counts.exception };
    if (isAccess(cause)) return { kind: 'access', nth: ++this.counts.access };
    if (cause.kind !== 'breakpoint') return undefined;
    const at = locationOfPause(pause);
    const arrival = standing.hitCounts[at];
    return arrival === undefined ? undefined : anchorAt(at, arrival);
  }
}
