import type { Notice } from '../../../runtime/index.ts';

/** Distinguishes the first attempt of a step from those after a rollback. */
export class ReplayFilter {
  /** What was begun since the last commit, by step; a step may be given up for another one. */
  private readonly begun = new Map<number, string>();
  /** Whether the step under way was begun before. */
  replaying = false;

  onNotice(notice: Notice): void {
    switch (notice.kind) {
      case 'started': {
        const { step, choice } = notice;
        this.replaying = this.begun.get(step) === choice.label;
        this.begun.set(step, choice.label);
        break;
      }
      case 'committed':
        this.begun.delete(notice.step);
        break;
    }
  }
}
