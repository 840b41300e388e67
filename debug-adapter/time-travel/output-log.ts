import { isBefore, type Moment } from '../../runtime/index.ts';
import type { OutputRecord } from '../agent/index.ts';

/** Older lines are no longer shown again. */
const LINES_MAX = 20_000;

/** Records that are written between two notices of a run. */
const LINES: ReadonlySet<OutputRecord['kind']> = new Set([
  'log',
  'output',
  'logpoint',
  'condition-failed',
  'evaluation-rejected',
]);

/**
 * The output of a branch, in order, from which the console at any moment is restored. A
 * replay writes the same records again; the log keeps them once.
 */
export class OutputLog {
  private items: OutputRecord[] = [];
  /** How many of the items the active run has written. */
  private emitted = 0;
  /** The console shows another branch's lines. */
  private discarded = false;

  /** The active run wrote `item`. */
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
   * The active run is now at `moment`. Returns what the console is to show: the items since
   * the previous position or, to `restart` the console, all items up to there.
   */
  goTo(moment: Moment): { readonly restart: boolean; readonly items: readonly OutputRecord[] } {
    const before = this.emitted;
    const later = this.items.findIndex(({ at, kind }) => {
      if (isBefore(moment, at)) return true;
      return !isBefore(at, moment) && LINES.has(kind);
    });
    this.emitted = later < 0 ? this.items.length : later;
    const restart = this.discarded || this.emitted < before;
    this.discarded = false;
    return { restart, items: this.items.slice(restart ? 0 : before, this.emitted) };
  }

  /** Another branch becomes current, and the console shows that branch's output. */
  leave(): void {
    this.discarded = true;
  }

  /** A log with the output so far, for a new branch; this log keeps its later items. */
  fork(): OutputLog {
    const log = new OutputLog();
    log.items = this.items.slice(0, this.emitted);
    log.emitted = log.items.length;
    return log;
  }
}
