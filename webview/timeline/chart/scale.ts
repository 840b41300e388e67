/** Maximum width of a step in pixels. */
const STEP_WIDTH_MAX = 36;
/** Minimum width at which every step has its own mark. */
const MARK_WIDTH_MIN = 6;
/** Width of a step while the view follows the current position. */
const STEP_WIDTH = 16;
/** Room after the last step, in steps. */
const STEPS_AHEAD = 2;
/** Position of the current step in a following view, as a fraction of the width. */
const PRESENT_AT = 0.75;

/** Maps steps to pixels: step `s` covers `[x(s), x(s + 1))`. Immutable. */
export class Scale {
  /** The step at the left edge, possibly fractional. */
  readonly start: number;
  /** The width of a step in pixels. */
  readonly stepWidth: number;
  readonly width: number;

  private constructor(start: number, stepWidth: number, width: number) {
    this.start = start;
    this.stepWidth = stepWidth;
    this.width = width;
  }

  /** Fits all `recorded` steps. */
  static fit(recorded: number, width: number): Scale {
    const stepWidth = Math.min(STEP_WIDTH_MAX, width / (recorded + STEPS_AHEAD));
    return new Scale(0, stepWidth, width);
  }

  /** Fits all steps if they are wide enough, else shows those around the current step. */
  static follow(present: number, recorded: number, width: number): Scale {
    const all = Scale.fit(recorded, width);
    if (all.stepWidth >= STEP_WIDTH) return new Scale(0, Math.min(all.stepWidth, 24), width);
    const start = present - (PRESENT_AT * width) / STEP_WIDTH;
    return new Scale(start, STEP_WIDTH, width).within(recorded);
  }

  /** Restores a persisted range, limited to the recorded steps. */
  static at(start: number, stepWidth: number, width: number, recorded: number): Scale {
    return new Scale(start, stepWidth, width).within(recorded);
  }

  x(step: number): number {
    return (step - this.start) * this.stepWidth;
  }

  /** The step that covers `x`; not limited to recorded steps. */
  stepAt(x: number): number {
    return Math.floor(this.start + x / this.stepWidth);
  }

  get end(): number {
    return this.start + this.width / this.stepWidth;
  }

  /** True if every step has room for its own mark. */
  get hasMarks(): boolean {
    return this.stepWidth >= MARK_WIDTH_MIN;
  }

  shows(step: number): boolean {
    return step >= this.start && step <= this.end;
  }

  /** Scales steps by `factor`; the step at `x` keeps its position. */
  zoomed(factor: number, x: number, recorded: number): Scale {
    const least = Scale.fit(recorded, this.width).stepWidth;
    const wanted = this.stepWidth * factor;
    const stepWidth = Math.min(STEP_WIDTH_MAX, Math.max(Math.min(least, STEP_WIDTH_MAX), wanted));
    const start = this.start + x / this.stepWidth - x / stepWidth;
    return new Scale(start, stepWidth, this.width).within(recorded);
  }

  panned(pixels: number, recorded: number): Scale {
    const { start, stepWidth, width } = this;
    return new Scale(start + pixels / stepWidth, stepWidth, width).within(recorded);
  }

  /** The smallest pan that shows `step` with a margin on both sides. */
  revealing(step: number, recorded: number): Scale {
    const margin = Math.min(this.width / 4, 3 * this.stepWidth);
    const x = this.x(step);
    if (x < margin) return this.panned(x - margin, recorded);
    if (x > this.width - margin) return this.panned(x - this.width + margin, recorded);
    return this;
  }

  resized(width: number, recorded: number): Scale {
    return new Scale(this.start, this.stepWidth, width).within(recorded);
  }

  /** Limits the range to the recorded steps and a small margin. */
  private within(recorded: number): Scale {
    const last = recorded + STEPS_AHEAD - this.width / this.stepWidth;
    const start = Math.max(0, Math.min(this.start, last));
    return new Scale(start, this.stepWidth, this.width);
  }
}
