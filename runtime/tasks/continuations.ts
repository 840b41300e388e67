import type { Epoch, Recoverable } from './epoch.ts';
import type { Continuation, Reply, Request } from './messages.ts';

/** The pending continuations of one workflow's tasks: part of its persistent state. */
export class Continuations implements Recoverable {
  readonly #epoch: Epoch;
  /** In no order; each knows its place, which is cheaper than a set. */
  readonly #pending: Continuation[] = [];
  readonly #registered: Continuation[] = [];
  readonly #answered: { readonly reply: Reply; readonly waiting: readonly Continuation[] }[] = [];

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
  }

  get size(): number {
    return this.#pending.length;
  }

  /** In order of registration, however often they were taken back and registered again. */
  values(): Continuation[] {
    return [...this.#pending].sort((one, other) => one.id - other.id);
  }

  /** How many continuations each task has. */
  countByTask(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { task } of this.#pending) counts.set(task, (counts.get(task) ?? 0) + 1);
    return counts;
  }

  /** Whether the epoch under way has registered it. */
  isUncommitted(suspension: Continuation): boolean {
    return this.#registered.includes(suspension);
  }

  /** Whether any continuation waits for the reply to `ask`. */
  isAwaited(ask: Request): boolean {
    return ask.waiting !== undefined;
  }

  register(suspension: Continuation): void {
    this.#enter();
    this.#registered.push(suspension);
    this.#add(suspension);
    for (const ask of suspension.requests) {
      if (ask.reply !== undefined) continue;
      ask.waiting = ask.waiting === undefined ? [suspension] : [...ask.waiting, suspension];
    }
  }

  /** Hands `reply` to the continuations that wait for it; returns those that can run now. */
  resume(reply: Reply): readonly Continuation[] {
    const { request: ask } = reply;
    const { waiting } = ask;
    if (waiting === undefined) return NONE;
    this.#enter();
    this.#answered.push({ reply, waiting });
    ask.waiting = undefined;
    ask.reply = reply;
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
      reply.request.waiting = waiting;
      reply.request.reply = undefined;
      for (const suspension of waiting) this.#add(suspension);
    }
    for (const suspension of this.#registered) {
      this.#remove(suspension);
      for (const ask of suspension.requests) {
        const others = ask.waiting?.filter((other) => other !== suspension) ?? [];
        ask.waiting = others.length === 0 ? undefined : others;
      }
    }
    this.commit();
  }

  #add(suspension: Continuation): void {
    if (suspension.index !== NOT_PENDING) return;
    suspension.index = this.#pending.length;
    this.#pending.push(suspension);
  }

  /** The last one takes its place. */
  #remove(suspension: Continuation): void {
    const { index: place } = suspension;
    const last = this.#pending[this.#pending.length - 1];
    if (place === NOT_PENDING || last === undefined) return;
    this.#pending[place] = last;
    last.index = place;
    this.#pending.pop();
    suspension.index = NOT_PENDING;
  }

  #enter(): void {
    if (this.#registered.length + this.#answered.length === 0) this.#epoch.enter(this);
  }
}

const NONE: readonly Continuation[] = [];

/** The place of a continuation that is not pending. */
export const NOT_PENDING = -1;

function isAnswered({ requests: asks }: Continuation): boolean {
  for (const ask of asks) if (ask.reply === undefined) return false;
  return true;
}
