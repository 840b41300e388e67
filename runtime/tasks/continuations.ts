import type { Epoch, Recoverable } from './epoch.ts';
import type { Ask, Reply, Suspension } from './messages.ts';

/** The pending continuations of one workflow's tasks: part of its persistent state. */
export class Suspensions implements Recoverable {
  readonly #epoch: Epoch;
  /** In no order; each knows its place, which is cheaper than a set. */
  readonly #pending: Suspension[] = [];
  readonly #registered: Suspension[] = [];
  readonly #answered: { readonly reply: Reply; readonly waiting: readonly Suspension[] }[] = [];

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
  }

  get size(): number {
    return this.#pending.length;
  }

  /** In order of registration, however often they were taken back and registered again. */
  values(): Suspension[] {
    return [...this.#pending].sort((one, other) => one.id - other.id);
  }

  /** How many continuations each task has. */
  countByTask(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { task } of this.#pending) counts.set(task, (counts.get(task) ?? 0) + 1);
    return counts;
  }

  /** Whether the epoch under way has registered it. */
  isFresh(suspension: Suspension): boolean {
    return this.#registered.includes(suspension);
  }

  /** Whether any continuation waits for the reply to `ask`. */
  awaits(ask: Ask): boolean {
    return ask.waiting !== undefined;
  }

  register(suspension: Suspension): void {
    this.#enter();
    this.#registered.push(suspension);
    this.#add(suspension);
    for (const ask of suspension.asks) {
      if (ask.answer !== undefined) continue;
      ask.waiting = ask.waiting === undefined ? [suspension] : [...ask.waiting, suspension];
    }
  }

  /** Hands `reply` to the continuations that wait for it; returns those that can run now. */
  resume(reply: Reply): readonly Suspension[] {
    const { ask } = reply;
    const { waiting } = ask;
    if (waiting === undefined) return NONE;
    this.#enter();
    this.#answered.push({ reply, waiting });
    ask.waiting = undefined;
    ask.answer = reply;
    const ready = waiting.every(isAnswered) ? waiting : waiting.filter(isAnswered);
    for (const suspension of ready) this.#remove(suspension);
    return ready;
  }

  commit(): void {
    while (this.#registered.length > 0) this.#registered.pop();
    while (this.#answered.length > 0) this.#answered.pop();
  }

  rollback(): void {
    for (const { reply, waiting } of this.#answered.reverse()) {
      reply.ask.waiting = waiting;
      reply.ask.answer = undefined;
      for (const suspension of waiting) this.#add(suspension);
    }
    for (const suspension of this.#registered) {
      this.#remove(suspension);
      for (const ask of suspension.asks) {
        const others = ask.waiting?.filter((other) => other !== suspension) ?? [];
        ask.waiting = others.length === 0 ? undefined : others;
      }
    }
    this.commit();
  }

  #add(suspension: Suspension): void {
    if (suspension.place !== NOWHERE) return;
    suspension.place = this.#pending.length;
    this.#pending.push(suspension);
  }

  /** The last one takes its place. */
  #remove(suspension: Suspension): void {
    const { place } = suspension;
    const last = this.#pending[this.#pending.length - 1];
    if (place === NOWHERE || last === undefined) return;
    this.#pending[place] = last;
    last.place = place;
    this.#pending.pop();
    suspension.place = NOWHERE;
  }

  #enter(): void {
    if (this.#registered.length + this.#answered.length === 0) this.#epoch.enter(this);
  }
}

const NONE: readonly Suspension[] = [];

/** The place of a continuation that is not pending. */
export const NOWHERE = -1;

function isAnswered({ asks }: Suspension): boolean {
  for (const ask of asks) if (ask.answer === undefined) return false;
  return true;
}
