import { UndoLog } from './epoch.ts';
import type { Reply, Suspension } from './messages.ts';

/** The pending continuations of one workflow's tasks: part of its persistent state. */
export class Suspensions extends UndoLog {
  readonly #pending = new Map<number, Suspension>();
  /** The ids of the continuations that wait for an ask, ascending, by the ask's id. */
  readonly #waiting = new Map<number, readonly number[]>();
  /** Registered in the epoch under way. */
  readonly #fresh = new Set<number>();

  get size(): number {
    return this.#pending.size;
  }

  /** In order of registration, however often they were taken back and registered again. */
  values(): Suspension[] {
    return [...this.#pending.values()].sort((one, other) => one.id - other.id);
  }

  /** How many continuations each task has. */
  countByTask(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { task } of this.#pending.values()) counts.set(task, (counts.get(task) ?? 0) + 1);
    return counts;
  }

  isFresh(suspension: Suspension): boolean {
    return this.#fresh.has(suspension.id);
  }

  register(suspension: Suspension): void {
    this.#put(suspension);
    this.#fresh.add(suspension.id);
    this.add(() => this.#drop(suspension));
  }

  /** Hands `reply` to the continuations that wait for it; returns those that can run now. */
  resume(reply: Reply): Suspension[] {
    const ready: Suspension[] = [];
    for (const id of this.#waiting.get(reply.ask.id) ?? []) {
      const before = this.#pending.get(id);
      if (before === undefined || isAnswered(before, reply.ask.id)) continue;
      const received = { ask: reply.ask.id, value: reply.value, earlier: before.received };
      const after = { ...before, received, missing: before.missing - 1 };
      this.#drop(before);
      if (after.missing === 0) ready.push(after);
      else this.#put(after);
      this.add(() => {
        if (after.missing > 0) this.#drop(after);
        this.#put(before);
      });
    }
    return ready;
  }

  override commit(): void {
    super.commit();
    this.#fresh.clear();
  }

  override rollback(): void {
    super.rollback();
    this.#fresh.clear();
  }

  #put(suspension: Suspension): void {
    this.#pending.set(suspension.id, suspension);
    for (const { id } of suspension.asks) {
      const others = this.#waiting.get(id) ?? [];
      if (others.includes(suspension.id)) continue;
      this.#waiting.set(
        id,
        [...others, suspension.id].sort((one, other) => one - other),
      );
    }
  }

  #drop(suspension: Suspension): void {
    this.#pending.delete(suspension.id);
    for (const { id } of suspension.asks) {
      const others = (this.#waiting.get(id) ?? []).filter((other) => other !== suspension.id);
      if (others.length === 0) this.#waiting.delete(id);
      else this.#waiting.set(id, others);
    }
  }
}

/** Only the first reply to an ask counts. */
function isAnswered(suspension: Suspension, ask: number): boolean {
  for (let known = suspension.received; known !== undefined; known = known.earlier) {
    if (known.ask === ask) return true;
  }
  return false;
}
