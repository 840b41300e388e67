import type { Epoch, Recoverable } from '../tasks/epoch.ts';
import type { Continuation } from '../tasks/messages.ts';
import type { Activation } from './activation.ts';

/**
 * The longest lineage that is recorded. A chain of continuations that registers one after the other
 * without end would otherwise be recorded from its beginning; a crash of a longer one is refused.
 */
const ACTIVATIONS_MAX = 50_000;

/** Activations whose continuations may share what they have captured. */
interface Lineage {
  activations: Activation[];
  readonly pending: Set<Continuation>;
  /** It has grown too long to be recorded, so its continuations cannot be rebuilt. */
  isTruncated: boolean;
}

/**
 * The committed activations of a task that have registered or run continuations, for as long as a
 * continuation is pending that may share an object with them.
 */
export class Lineages implements Recoverable {
  readonly #epoch: Epoch;
  /** How many activations of a lineage are recorded. */
  readonly activationsMax: number;
  readonly #lineages = new Map<Continuation, Lineage>();
  /** The activations of the epoch under way. */
  #uncommitted: Activation[] = [];
  #invalidated = new Set<Lineage>();

  constructor(epoch: Epoch, activationsMax = ACTIVATIONS_MAX) {
    this.#epoch = epoch;
    this.activationsMax = activationsMax;
  }

  add(activation: Activation): void {
    if (this.#uncommitted.length === 0) this.#epoch.enter(this);
    if (this.#uncommitted[this.#uncommitted.length - 1] !== activation)
      this.#uncommitted.push(activation);
  }

  get isCommitted(): boolean {
    return this.#uncommitted.length === 0;
  }

  commit(): void {
    for (const activation of this.#uncommitted) this.#add(activation);
    this.#uncommitted = [];
  }

  rollback(): void {
    for (const continuation of this.#uncommitted.flatMap(ranBy)) {
      const lineage = this.#lineages.get(continuation);
      if (lineage !== undefined) this.#invalidated.add(lineage);
    }
    this.#uncommitted = [];
  }

  get isInvalidated(): boolean {
    return this.#invalidated.size > 0;
  }

  /** The activations whose continuations an aborted attempt has run, in their order; once. */
  takeInvalidated(): { readonly activations: Activation[]; readonly isTruncated: boolean } {
    const invalidated = [...this.#invalidated];
    this.#invalidated = new Set();
    const activations = invalidated.flatMap((lineage) => lineage.activations);
    return {
      activations: activations.sort((one, other) => one.order - other.order),
      isTruncated: invalidated.some((lineage) => lineage.isTruncated),
    };
  }

  #add(activation: Activation): void {
    const ran = ranBy(activation);
    const lineage = this.#lineageOf(ran);
    for (const exchange of activation.exchanges) {
      if (exchange.kind !== 'awaited' || exchange.continuation === undefined) continue;
      lineage.pending.add(exchange.continuation);
      this.#lineages.set(exchange.continuation, lineage);
    }
    for (const continuation of ran) {
      lineage.pending.delete(continuation);
      this.#lineages.delete(continuation);
    }
    if (!lineage.isTruncated) lineage.activations.push(activation);
    if (lineage.activations.length <= this.activationsMax) return;
    lineage.isTruncated = true;
    lineage.activations = [];
  }

  /** The lineage of `continuations`, united into one if they had several. */
  #lineageOf(continuations: readonly Continuation[]): Lineage {
    let lineage: Lineage | undefined;
    for (const continuation of continuations) {
      const own = this.#lineages.get(continuation);
      if (own === undefined || own === lineage) continue;
      lineage = lineage === undefined ? own : this.#unite(lineage, own);
    }
    return lineage ?? { activations: [], pending: new Set(), isTruncated: false };
  }

  #unite(one: Lineage, other: Lineage): Lineage {
    const [larger, smaller] = one.pending.size < other.pending.size ? [other, one] : [one, other];
    for (const continuation of smaller.pending) {
      larger.pending.add(continuation);
      this.#lineages.set(continuation, larger);
    }
    larger.isTruncated ||= smaller.isTruncated;
    larger.activations = larger.isTruncated ? [] : larger.activations.concat(smaller.activations);
    return larger;
  }
}

function ranBy({ exchanges }: Activation): Continuation[] {
  const ran: Continuation[] = [];
  for (const exchange of exchanges) {
    if (exchange.kind === 'resumed') ran.push(...exchange.continuations);
  }
  return ran;
}
