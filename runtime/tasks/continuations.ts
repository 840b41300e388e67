import type { Path } from '../contracts/paths.ts';
import type { Epoch, Recoverable } from './epoch.ts';
import type { Continuation, Reply, Request } from './messages.ts';

/** How many replies of `portal` to `task` came after another reply to the same request. */
export interface SecondReplies {
  readonly portal: Path;
  readonly task: Path;
  readonly count: number;
}

/** The pending continuations of one workflow's tasks: part of its persistent state. */
export class Continuations implements Recoverable {
  readonly #epoch: Epoch;
  /** In no order; each has its index, which is cheaper than a set. */
  readonly #pending: Continuation[] = [];
  readonly #registered: Continuation[] = [];
  readonly #answered: { readonly reply: Reply; readonly waiting: readonly Continuation[] }[] = [];
  /** The requests whose replies no continuation waited for. */
  readonly #unawaited: Request[] = [];
  /** Committed replies to requests that had one already, by portal and asking task. */
  readonly #seconds = new Map<string, SecondReplies>();

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
  }

  get size(): number {
    return this.#pending.length;
  }

  /** In order of registration, however often they were rolled back and registered again. */
  values(): Continuation[] {
    return [...this.#pending].sort((one, other) => one.id - other.id);
  }

  /** How many continuations each task has. */
  countByTask(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { task } of this.#pending) counts.set(task, (counts.get(task) ?? 0) + 1);
    return counts;
  }

  /** Whether the epoch under way registered it. */
  isUncommitted(continuation: Continuation): boolean {
    return this.#registered.includes(continuation);
  }

  /** Whether any continuation waits for the reply to `request`. */
  isAwaited(request: Request): boolean {
    return request.waiting !== undefined;
  }

  register(continuation: Continuation): void {
    this.#enter();
    this.#registered.push(continuation);
    this.#add(continuation);
    for (const request of continuation.requests) {
      if (request.reply !== undefined) continue;
      request.waiting =
        request.waiting === undefined ? [continuation] : [...request.waiting, continuation];
    }
  }

  /** Gives `reply` to the continuations that wait for it; returns those that can run now. */
  resume(reply: Reply): readonly Continuation[] {
    const { request } = reply;
    const { waiting } = request;
    if (waiting === undefined) {
      this.drop(request);
      return NO_CONTINUATIONS;
    }
    this.#enter();
    this.#answered.push({ reply, waiting });
    request.waiting = undefined;
    request.reply = reply;
    const ready = waiting.every(isAnswered) ? waiting : waiting.filter(isAnswered);
    for (const continuation of ready) this.#remove(continuation);
    return ready;
  }

  /** The reply to `request` has come, and no continuation waits for it. */
  drop(request: Request): void {
    this.#enter();
    this.#unawaited.push(request);
  }

  get isCommitted(): boolean {
    return this.#registered.length + this.#answered.length + this.#unawaited.length === 0;
  }

  get secondReplies(): readonly SecondReplies[] {
    return [...this.#seconds.values()];
  }

  commit(): void {
    while (this.#registered.length > 0) this.#registered.pop();
    while (this.#answered.length > 0) this.#answered.pop();
    if (this.#unawaited.length > 0) this.#commitDropped();
  }

  rollback(): void {
    for (const { reply, waiting } of this.#answered.reverse()) {
      reply.request.waiting = waiting;
      reply.request.reply = undefined;
      for (const continuation of waiting) this.#add(continuation);
    }
    for (const continuation of this.#registered) {
      this.#remove(continuation);
      for (const request of continuation.requests) {
        const others = request.waiting?.filter((other) => other !== continuation) ?? [];
        request.waiting = others.length === 0 ? undefined : others;
      }
    }
    while (this.#unawaited.length > 0) this.#unawaited.pop();
    this.commit();
  }

  /** Commits that replies are dropped: the first reply to a request, or further ones. */
  #commitDropped(): void {
    for (const request of this.#unawaited.splice(0)) {
      const isFirst = request.reply === undefined && !request.isReplied;
      request.isReplied = true;
      if (isFirst) continue;
      const { portal, task } = request;
      const about = `${portal} ${task}`;
      const count = (this.#seconds.get(about)?.count ?? 0) + 1;
      this.#seconds.set(about, { portal, task, count });
    }
  }

  #add(continuation: Continuation): void {
    if (continuation.index !== NOT_PENDING) return;
    continuation.index = this.#pending.length;
    this.#pending.push(continuation);
  }

  /** The last one takes its index. */
  #remove(continuation: Continuation): void {
    const { index: place } = continuation;
    const last = this.#pending[this.#pending.length - 1];
    if (place === NOT_PENDING || last === undefined) return;
    this.#pending[place] = last;
    last.index = place;
    this.#pending.pop();
    continuation.index = NOT_PENDING;
  }

  #enter(): void {
    if (this.isCommitted) this.#epoch.enter(this);
  }
}

const NO_CONTINUATIONS: readonly Continuation[] = [];

/** The index of a continuation that is not pending. */
export const NOT_PENDING = -1;

function isAnswered({ requests }: Continuation): boolean {
  for (const request of requests) if (request.reply === undefined) return false;
  return true;
}
