import type { Epoch } from '../execution/epoch.ts';
import { UndoLog } from '../execution/epoch.ts';
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

/**
 * A portal's mailbox: requests in order of arrival for the one replying workflow, and for each
 * asking workflow the replies in order of arrival.
 */
export class PortalMailbox {
  readonly spec: PortalSpec;
  readonly #undo: UndoLog;
  readonly #requests: Queued[] = [];
  readonly #replies = new Map<Path, Queued[]>();
  #arrivals = 0;

  constructor(spec: PortalSpec, epoch: Epoch) {
    this.spec = spec;
    this.#undo = new UndoLog(epoch);
  }

  get path(): Path {
    return this.spec.path;
  }

  /** How many batches of requests, and of replies to all askers, wait. */
  get waiting(): { readonly requests: number; readonly replies: number } {
    let replies = 0;
    for (const queue of this.#replies.values()) replies += queue.length;
    return { requests: this.#requests.length, replies };
  }

  put(mail: Mail): void {
    const queue = this.#queue(mail.kind, mail.asker);
    this.#arrivals += 1;
    queue.push({ arrival: this.#arrivals, mail });
    this.#undo.add(() => {
      queue.pop();
      this.#arrivals -= 1;
    });
  }

  /** The oldest batch of requests, or of replies to `asker`. */
  peek(kind: Mail['kind'], asker?: Path): Queued | undefined {
    return this.#queue(kind, asker)[0];
  }

  take(kind: Mail['kind'], asker?: Path): Mail | undefined {
    const queue = this.#queue(kind, asker);
    const queued = queue.shift();
    if (queued !== undefined) this.#undo.add(() => queue.unshift(queued));
    return queued?.mail;
  }

  #queue(kind: Mail['kind'], asker: Path | undefined): Queued[] {
    if (kind === 'requests') return this.#requests;
    const path = asker ?? this.spec.path;
    const known = this.#replies.get(path);
    if (known !== undefined) return known;
    const made: Queued[] = [];
    this.#replies.set(path, made);
    return made;
  }
}
