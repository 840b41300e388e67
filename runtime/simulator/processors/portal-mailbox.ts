import type { PortalSpec } from '../../application/application.ts';
import type { Path } from '../../contracts/paths.ts';
import type { Epoch, Recoverable } from '../../tasks/epoch.ts';
import type { Reply, Request } from '../../tasks/messages.ts';

/** The requests of one atom to one portal, or the replies to one asking workflow. */
export type MessageBatch = {
  readonly asker: Path;
  /** Orders all batches of the portal by arrival. */
  readonly arrival: number;
} & (
  | { readonly kind: 'requests'; readonly requests: readonly Request[] }
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
);

/** A first-in-first-out queue whose changes can be rolled back. */
export class MessageQueue implements Recoverable {
  readonly #epoch: Epoch;
  #items: MessageBatch[] = [];
  #head = 0;
  #headBefore = 0;
  #lengthBefore = 0;
  #entered = false;

  constructor(epoch: Epoch) {
    this.#epoch = epoch;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  peek(): MessageBatch | undefined {
    return this.#items[this.#head];
  }

  put(item: MessageBatch): void {
    this.#enter();
    this.#items.push(item);
  }

  take(): MessageBatch | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#enter();
    this.#head += 1;
    return item;
  }

  get isCommitted(): boolean {
    return !this.#entered;
  }

  /** The waiting batches, the next one first. */
  *batches(): Iterable<MessageBatch> {
    for (let at = this.#head; at < this.#items.length; at++) {
      const batch = this.#items[at];
      if (batch !== undefined) yield batch;
    }
  }

  /** How many batches are in memory, those that were taken included. */
  get kept(): number {
    return this.#items.length;
  }

  commit(): void {
    this.#entered = false;
    if (this.#head === this.#items.length) {
      while (this.#items.length > 0) this.#items.pop();
      this.#head = 0;
    } else if (this.#head > 1000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }

  rollback(): void {
    this.#entered = false;
    this.#head = this.#headBefore;
    this.#items.length = this.#lengthBefore;
  }

  #enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#epoch.enter(this);
    this.#headBefore = this.#head;
    this.#lengthBefore = this.#items.length;
  }
}

/**
 * A portal's mailbox: requests in order of arrival for the one replying workflow, and for each
 * asking workflow the replies in order of arrival.
 */
export class PortalMailbox {
  readonly spec: PortalSpec;
  readonly #epoch: Epoch;
  readonly #requests: MessageQueue;
  readonly #replies = new Map<Path, MessageQueue>();
  /** Only the order matters, so a rollback need not restore it. */
  #arrivals = 0;

  constructor(spec: PortalSpec, epoch: Epoch) {
    this.spec = spec;
    this.#epoch = epoch;
    this.#requests = new MessageQueue(epoch);
  }

  get path(): Path {
    return this.spec.path;
  }

  /** How many batches of requests, and of replies to all askers, wait. */
  get waiting(): { readonly requests: number; readonly replies: number } {
    let replies = 0;
    for (const queue of this.#replies.values()) replies += queue.size;
    return { requests: this.#requests.size, replies };
  }

  putRequests(asker: Path, requests: readonly Request[]): void {
    this.#arrivals += 1;
    this.#requests.put({ kind: 'requests', asker, arrival: this.#arrivals, requests });
  }

  putReplies(asker: Path, replies: readonly Reply[]): void {
    this.#arrivals += 1;
    this.replies(asker).put({ kind: 'replies', asker, arrival: this.#arrivals, replies });
  }

  /** The requests of all askers. */
  get requests(): MessageQueue {
    return this.#requests;
  }

  /** All queues of the mailbox. */
  get queues(): readonly MessageQueue[] {
    return [this.#requests, ...this.#replies.values()];
  }

  /** The replies to `asker`. */
  replies(asker: Path): MessageQueue {
    const existing = this.#replies.get(asker);
    if (existing !== undefined) return existing;
    const queue = new MessageQueue(this.#epoch);
    this.#replies.set(asker, queue);
    return queue;
  }
}
