import { isSameMoment, type Moment } from '../../runtime/index.ts';
import { isAccess, isInHandler, type Pause } from '../v8/pause.ts';
import { type Course, placeOf } from '../v8/step-state.ts';
import { arrivalAt, type Base, type LineStep, type Place, type Trail } from './position.ts';

/** Follows a run from stop to stop, to know by which way its lines can be reached again. */
export class Whereabouts {
  private place: Place | undefined;
  private lastStep: LineStep | undefined;
  /** The stops of each kind since the moment. */
  private counts = { exception: 0, access: 0 };

  /** The run goes on by `course`. */
  goesOn({ command }: Course): void {
    this.lastStep = command === 'resume' ? undefined : command;
  }

  /** The run has been brought to `place` by other means. */
  isBroughtTo(place: Place): void {
    this.place = place;
    const base = place.trail?.base;
    this.counts = { exception: 0, access: 0 };
    if (base && 'nth' in base) this.counts[base.kind] = base.nth;
  }

  /** Where the run has last stopped. */
  get latest(): Place | undefined {
    return this.place;
  }

  /** The run has stopped; where that is. */
  stops(pause: Pause): Place | undefined {
    const { moment } = pause.standing;
    if (moment === undefined) return undefined;
    if (!this.place || !isSameMoment(this.place.moment, moment)) {
      this.counts = { exception: 0, access: 0 };
    }
    const trail = this.trailTo(pause, moment);
    this.place = { moment, ...(trail && { trail }) };
    return this.place;
  }

  private trailTo(pause: Pause, moment: Moment): Trail | undefined {
    const base = this.baseOf(pause);
    if (base) return { base, steps: [] };
    const { place, lastStep } = this;
    if (pause.cause.kind !== 'step') return undefined;
    if (place?.trail && lastStep && isSameMoment(place.moment, moment)) {
      return { base: place.trail.base, steps: [...place.trail.steps, lastStep] };
    }
    return isInHandler(pause) ? { base: { kind: 'entry' }, steps: [] } : undefined;
  }

  private baseOf(pause: Pause): Base | undefined {
    const { cause, standing } = pause;
    if (cause.kind === 'exception') return { kind: 'exception', nth: ++this.counts.exception };
    if (isAccess(cause)) return { kind: 'access', nth: ++this.counts.access };
    if (cause.kind !== 'breakpoint') return undefined;
    const at = placeOf(pause);
    const arrival = standing.arrivals[at];
    return arrival === undefined ? undefined : arrivalAt(at, arrival);
  }
}
