import type { Epoch, Recoverable } from '../execution/epoch.ts';
import type { Ask, Reply } from '../execution/messages.ts';
import type { PortalSpec } from '../model/application.ts';
import type { Path } from '../paths.ts';

/** The asks of one atom for one portal, or the replies to one asking workflow. */
export type Mail =
  | { readonly kind: 'requests'; readonly asker: Path; readonly asks: readonly Ask[] }
  | { readonly kind: 'replies'; readonly asker: Path; readonly replies: readonly Reply[] };

interface Queued {
  /** Orders all mail of the portal by arrival. */
  readonly arrival: number;
  readonly mail: Mail;
}

/** A first-in-first-out queue whose takings and puttings can be taken back. */
export class Queue implements Recoverable {
  readonly #epoch: Epoch;
  #items: Queued[] = [];
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

  peek(): Queued | undefined {
    return this.#items[this.#head];
  }

  put(item: Queued): void {
    this.#enter();
    this.#items.push(item);
  }

  take(): Queued | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#enter();
    this.#head += 1;
    return item;
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
  readonly #requests: Queue;
  readonly #replies = new Map<Path, Queue>();
  /** Only its order matters, so that a rollback need not turn it back. */
  #arrivals = 0;

  constructor(spec: PortalSpec, epoch: Epoch) {
    this.spec = spec;
    this.#epoch = epoch;
    this.#requests = new Queue(epoch);
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

  put(mail: Mail): void {
    this.#arrivals += 1;
    const queue = mail.kind === 'requests' ? this.#requests : this.replies(mail.asker);
    queue.put({ arrival: this.#arrivals, mail });
  }

  /** The requests, whoever asked. */
  get requests(): Queue {
    return this.#requests;
  }

  /** The replies to `asker`. */
  replies(asker: Path): Queue {
    const known = this.#replies.get(asker);
    if (known !== undefined) return known;
    const made = new Queue(this.#epoch);
    this.#replies.set(asker, made);
    return made;
  }
}
