import { isBefore, type Moment } from '../../../runtime/index.ts';
import type { EvaluationPromises } from '../evaluation-promises.ts';
import type { Item } from '../messages.ts';
import type { ReplayFilter } from './replay-filter.ts';
import { TimeLimit } from './time-limit.ts';

/** `count` meets `hit` by `operator`; `%` is met by every n-th. */
export interface HitCondition {
  readonly operator: '==' | '>=' | '>' | '<=' | '<' | '%';
  readonly hits: number;
}

/** A breakpoint whose condition V8 evaluates where it stands, without pausing for it. */
export interface GatedBreakpoint {
  readonly id: number;
  readonly hit?: HitCondition;
  /** Not when an atom is processed again after a rollback. */
  readonly firstRunOnly?: true;
  /** Its place in the script, `LINE:COLUMN`; absent where it stands at no line. */
  readonly at?: string;
  /** What it is called in complaints, where it stands at no line. */
  readonly name?: string;
}

/** Decides, inside the program's thread, whether a breakpoint with conditions stops. */
export class BreakpointGate {
  private readonly counts = new Map<number, number>();
  private readonly complained = new Set<number>();
  private readonly disabled = new Set<number>();
  private readonly limit = new TimeLimit();
  private readonly emit: (item: Item) => void;
  private readonly replays: ReplayFilter;
  private readonly promises: EvaluationPromises;
  private readonly isReExecuting: () => boolean;
  private readonly moment: () => Moment;
  private hitCounts: { readonly since: Moment; readonly counts: Map<string, number> };

  constructor(
    emit: (item: Item) => void,
    replays: ReplayFilter,
    promises: EvaluationPromises,
    rehearsing: () => boolean,
    moment: () => Moment,
  ) {
    this.emit = emit;
    this.replays = replays;
    this.promises = promises;
    this.isReExecuting = rehearsing;
    this.moment = moment;
    this.hitCounts = { since: { boundary: 0, notice: 0 }, counts: new Map() };
  }

  /** Counts an arrival at a place of the script; returns its number since the moment. */
  countHit(at: string): number {
    if (this.isReExecuting()) return 0;
    const now = this.moment();
    if (isBefore(this.hitCounts.since, now)) this.hitCounts = { since: now, counts: new Map() };
    const count = (this.hitCounts.counts.get(at) ?? 0) + 1;
    this.hitCounts.counts.set(at, count);
    return count;
  }

  /** How often each place that has a breakpoint was reached since the moment. */
  get hitCount(): Readonly<Record<string, number>> {
    return isBefore(this.hitCounts.since, this.moment())
      ? {}
      : Object.fromEntries(this.hitCounts.counts);
  }

  /**
   * Called by V8 at the breakpoint: `condition` says whether it counts, `message` the text of a
   * logpoint, which never stops.
   */
  passes(breakpoint: GatedBreakpoint, condition?: () => unknown, message?: () => string): boolean {
    const { id, hit, firstRunOnly, at } = breakpoint;
    if (at !== undefined) this.countHit(at);
    if (this.disabled.has(id)) return false;
    if (this.isReExecuting() || (firstRunOnly && this.replays.replaying)) return false;
    this.limit.begin();
    try {
      if (condition && !this.promises.during(condition)) return false;
      const count = (this.counts.get(id) ?? 0) + 1;
      this.counts.set(id, count);
      if (hit && !isMet(hit, count)) return false;
      if (!message) return true;
      this.emit({ kind: 'logpoint', breakpoint: id, text: this.promises.during(message) });
    } catch (error) {
      // It would time out at every further hit.
      if (this.limit.isPassed) this.disabled.add(id);
      this.complain(breakpoint, error);
    }
    return false;
  }

  /** Called by conditions again and again. @throws Error when the one under way takes too long. */
  tick(): void {
    this.limit.check();
  }

  /** Whether the atom under way is processed again after a rollback. */
  get replaying(): boolean {
    return this.replays.replaying;
  }

  /** Says once what is wrong with a condition that cannot be evaluated. */
  private complain({ id, name }: GatedBreakpoint, error: unknown): void {
    if (this.complained.has(id)) return;
    this.complained.add(id);
    const text = name === undefined ? String(error) : `${name}: ${String(error)}`;
    this.emit({ kind: 'condition-failed', breakpoint: id, text });
  }
}

function isMet({ operator, hits }: HitCondition, count: number): boolean {
  switch (operator) {
    case '==':
      return count === hits;
    case '>=':
      return count >= hits;
    case '>':
      return count > hits;
    case '<=':
      return count <= hits;
    case '<':
      return count < hits;
    case '%':
      return count % hits === 0;
  }
}
