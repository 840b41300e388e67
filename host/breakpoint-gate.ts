import type { Item } from './messages.ts';
import type { Replays } from './replays.ts';

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
  /** What it is called in complaints, where it stands at no line. */
  readonly name?: string;
}

/** Decides, inside the program's thread, whether a breakpoint with conditions stops. */
export class BreakpointGate {
  private readonly counts = new Map<number, number>();
  private readonly complained = new Set<number>();
  private readonly tell: (item: Item) => void;
  private readonly replays: Replays;
  private readonly rehearsing: () => boolean;

  constructor(tell: (item: Item) => void, replays: Replays, rehearsing: () => boolean) {
    this.tell = tell;
    this.replays = replays;
    this.rehearsing = rehearsing;
  }

  /**
   * Called by V8 at the breakpoint: `condition` tells whether it counts, `message` the text of a
   * logpoint, which never stops.
   */
  passes(breakpoint: GatedBreakpoint, condition?: () => unknown, message?: () => string): boolean {
    const { id, hit, firstRunOnly } = breakpoint;
    if (this.rehearsing() || (firstRunOnly && this.replays.replaying)) return false;
    try {
      if (condition && !condition()) return false;
      const count = (this.counts.get(id) ?? 0) + 1;
      this.counts.set(id, count);
      if (hit && !isMet(hit, count)) return false;
      if (!message) return true;
      this.tell({ kind: 'logpoint', breakpoint: id, text: message() });
    } catch (error) {
      this.complain(breakpoint, error);
    }
    return false;
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
    this.tell({ kind: 'condition-failed', breakpoint: id, text });
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
