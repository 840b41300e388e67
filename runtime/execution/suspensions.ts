import { UndoLog } from './epoch.ts';
import type { Ask, Reply, Suspension } from './messages.ts';

/** A continuation that can run, and the reply that set it free. */
export interface Resumption {
  readonly suspension: Suspension;
  readonly reply: Reply;
}

/** The pending continuations of one workflow's tasks: part of its persistent state. */
export class Suspensions extends UndoLog {
  /** Those that wait for an ask, in order of registration, by the ask's id. */
  readonly #waiting = new Map<number, Suspension[]>();
  /** Registered in the epoch under way. */
  readonly #fresh = new Set<Suspension>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** In order of registration, however often they were taken back and registered again. */
  values(): Suspension[] {
    const all = new Set([...this.#waiting.values()].flat());
    return [...all].sort((one, other) => one.id - other.id);
  }

  /** How many continuations each task has. */
  countByTask(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { task } of this.values()) counts.set(task, (counts.get(task) ?? 0) + 1);
    return counts;
  }

  isFresh(suspension: Suspension): boolean {
    return this.#fresh.has(suspension);
  }

  register(suspension: Suspension): void {
    for (const ask of suspension.asks) this.#await(suspension, ask);
    this.#size += 1;
    this.#fresh.add(suspension);
    this.add(() => {
      for (const ask of suspension.asks) this.#forget(suspension, ask);
      this.#size -= 1;
      this.#fresh.delete(suspension);
    });
  }

  /** Hands `reply` to the continuations that wait for it; returns those that can run now. */
  resume(reply: Reply): Resumption[] {
    const { ask } = reply;
    const waiting = this.#waiting.get(ask.id);
    if (waiting === undefined) return [];
    this.#waiting.delete(ask.id);
    ask.answer = reply;
    const ready = waiting.filter((suspension) => isAnswered(suspension));
    this.#size -= ready.length;
    this.add(() => {
      this.#waiting.set(ask.id, waiting);
      ask.answer = undefined;
      this.#size += ready.length;
    });
    return ready.map((suspension) => ({ suspension, reply }));
  }

  override commit(): void {
    super.commit();
    if (this.#fresh.size > 0) this.#fresh.clear();
  }

  #await(suspension: Suspension, ask: Ask): void {
    if (ask.answer !== undefined) return;
    const others = this.#waiting.get(ask.id);
    if (others === undefined) this.#waiting.set(ask.id, [suspension]);
    else others.push(suspension);
  }

  #forget(suspension: Suspension, ask: Ask): void {
    const others = this.#waiting.get(ask.id);
    if (others === undefined) return;
    const at = others.indexOf(suspension);
    if (at >= 0) others.splice(at, 1);
    if (others.length === 0) this.#waiting.delete(ask.id);
  }
}

function isAnswered({ asks }: Suspension): boolean {
  return asks.every((ask) => ask.answer !== undefined);
}
