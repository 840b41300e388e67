/** Wider than this a step gains nothing. */
const STEP_WIDTH_MAX = 36;
/** From here on a step is wide enough for a mark of its own. */
const MARK_WIDTH_MIN = 6;
/** What is chosen for a person: marks stand well apart. */
const STEP_WIDTH = 16;
/** Room beyond the last step, for the step that comes next. */
const STEPS_AHEAD = 2;
/** Where the present stands in a timeline that follows it, as a share of the width. */
const PRESENT_AT = 0.75;

/** Which steps are seen, and how wide: step `s` covers `[x(s), x(s + 1))`. Immutable. */
export class Scale {
  /** The step at the left edge; may lie between two. */
  readonly start: number;
  /** Pixels a step takes. */
  readonly stepWidth: number;
  readonly width: number;

  private constructor(start: number, stepWidth: number, width: number) {
    this.start = start;
    this.stepWidth = stepWidth;
    this.width = width;
  }

  /** All of `recorded` steps. */
  static fit(recorded: number, width: number): Scale {
    const stepWidth = Math.min(STEP_WIDTH_MAX, width / (recorded + STEPS_AHEAD));
    return new Scale(0, stepWidth, width);
  }

  /** All steps if they can be told apart so, else those around the present. */
  static follow(present: number, recorded: number, width: number): Scale {
    const all = Scale.fit(recorded, width);
    if (all.stepWidth >= STEP_WIDTH) return new Scale(0, Math.min(all.stepWidth, 24), width);
    const start = present - (PRESENT_AT * width) / STEP_WIDTH;
    return new Scale(start, STEP_WIDTH, width).within(recorded);
  }

  /** A place that was remembered, as well as it fits now. */
  static at(start: number, stepWidth: number, width: number, recorded: number): Scale {
    return new Scale(start, stepWidth, width).within(recorded);
  }

  x(step: number): number {
    return (step - this.start) * this.stepWidth;
  }

  /** The step whose place covers `x`; not limited to those that are recorded. */
  stepAt(x: number): number {
    return Math.floor(this.start + x / this.stepWidth);
  }

  get end(): number {
    return this.start + this.width / this.stepWidth;
  }

  /** True while every step has room for a mark of its own. */
  get hasMarks(): boolean {
    return this.stepWidth >= MARK_WIDTH_MIN;
  }

  shows(step: number): boolean {
    return step >= this.start && step <= this.end;
  }

  /** Makes steps `factor` times as wide; what is at `x` stays there. */
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

  /** Moves as little as shows `step` with some room on either side. */
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

  /** Neither before the first step nor far beyond the last. */
  private within(recorded: number): Scale {
    const last = recorded + STEPS_AHEAD - this.width / this.stepWidth;
    const start = Math.max(0, Math.min(this.start, last));
    return new Scale(start, this.stepWidth, this.width);
  }
}
