import { isBefore, type Moment } from '../../runtime/index.ts';
import type { OutputRecord } from '../agent/index.ts';

/** Older lines are no longer shown again. */
const LINES_MAX = 20_000;

/** What is written between two notices of a run, rather than told by one of them. */
const LINES: ReadonlySet<OutputRecord['kind']> = new Set([
  'log',
  'output',
  'logpoint',
  'condition-failed',
]);

/**
 * What a branch has told the user, in order, so that the console can be as it was at any moment. A
 * run that comes by a second time tells the same again, which is kept once.
 */
export class OutputLog {
  private items: OutputRecord[] = [];
  /** How many items the run that tells now is known to have told. */
  private emitted = 0;
  /** The console shows another branch's lines. */
  private discarded = false;

  /** The run that tells now has told `item`. */
  add(item: OutputRecord): void {
    const known = this.items[this.emitted];
    this.emitted += 1;
    if (known !== undefined) return;
    this.items.push(item);
    if (this.items.length < LINES_MAX * 2) return;
    this.items = this.items.slice(LINES_MAX);
    this.emitted -= LINES_MAX;
  }

  /**
   * From now on a run tells that stands at `moment`. What the console is to show: what is new since
   * the last place, or `anew` all that had been told by then, in place of what is there.
   */
  goTo(moment: Moment): { readonly anew: boolean; readonly items: readonly OutputRecord[] } {
    const before = this.emitted;
    const later = this.items.findIndex(({ at, kind }) => {
      if (isBefore(moment, at)) return true;
      return !isBefore(at, moment) && LINES.has(kind);
    });
    this.emitted = later < 0 ? this.items.length : later;
    const anew = this.discarded || this.emitted < before;
    this.discarded = false;
    return { anew, items: this.items.slice(anew ? 0 : before, this.emitted) };
  }

  /** Another branch becomes the present one, so that the console shows what that has told. */
  leave(): void {
    this.discarded = true;
  }

  /** A log of its own of what has been told so far; this one keeps its future as well. */
  fork(): OutputLog {
    const log = new OutputLog();
    log.items = this.items.slice(0, this.emitted);
    log.emitted = log.items.length;
    return log;
  }
}
