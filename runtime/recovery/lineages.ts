import type { Epoch, Recoverable } from '../tasks/epoch.ts';
import type { Continuation } from '../tasks/messages.ts';
import type { Activation } from './activation.ts';

/**
 * The longest lineage that is remembered. A chain of continuations that registers one after the
 * other without end would otherwise be remembered from its beginning.
 */
const ACTIVATIONS_MAX = 50_000;

/** Activations whose continuations may share what they have captured. */
interface Lineage {
  activations: Activation[];
  readonly pending: Set<Continuation>;
  /** It has grown too long: its continuations keep what aborted attempts did to them. */
  isTruncated: boolean;
}

/**
 * The committed activations of a task that have registered or run continuations, for as long as a
 * continuation is pending that may share an object with them.
 */
export class Lineages implements Recoverable {
  readonly #epoch: Epoch;
  readonly #longest: number;
  readonly #lineages = new Map<Continuation, Lineage>();
  /** The activations of the epoch under way. */
  #fresh: Activation[] = [];
  #spoilt = new Set<Lineage>();

  constructor(epoch: Epoch, longest = ACTIVATIONS_MAX) {
    this.#epoch = epoch;
    this.#longest = longest;
  }

  add(activation: Activation): void {
    if (this.#fresh.length === 0) this.#epoch.enter(this);
    if (this.#fresh[this.#fresh.length - 1] !== activation) this.#fresh.push(activation);
  }

  commit(): void {
    for (const activation of this.#fresh) this.#settle(activation);
    this.#fresh = [];
  }

  rollback(): void {
    for (const suspension of this.#fresh.flatMap(ranBy)) {
      const lineage = this.#lineages.get(suspension);
      if (lineage !== undefined) this.#spoilt.add(lineage);
    }
    this.#fresh = [];
  }

  get isInvalidated(): boolean {
    return this.#spoilt.size > 0;
  }

  /** The activations whose continuations an aborted attempt has run, in their order; once. */
  takeInvalidated(): Activation[] {
    const spoilt = [...this.#spoilt].flatMap(({ activations }) => activations);
    this.#spoilt = new Set();
    return spoilt.sort((one, other) => one.order - other.order);
  }

  #settle(activation: Activation): void {
    const ran = ranBy(activation);
    const lineage = this.#lineageOf(ran);
    for (const exchange of activation.exchanges) {
      if (exchange.kind !== 'suspended' || exchange.suspension === undefined) continue;
      lineage.pending.add(exchange.suspension);
      this.#lineages.set(exchange.suspension, lineage);
    }
    for (const suspension of ran) {
      lineage.pending.delete(suspension);
      this.#lineages.delete(suspension);
    }
    if (!lineage.isTruncated) lineage.activations.push(activation);
    if (lineage.activations.length <= this.#longest) return;
    lineage.isTruncated = true;
    lineage.activations = [];
  }

  /** The lineage of `suspensions`, made one if they had several. */
  #lineageOf(suspensions: readonly Continuation[]): Lineage {
    let lineage: Lineage | undefined;
    for (const suspension of suspensions) {
      const known = this.#lineages.get(suspension);
      if (known === undefined || known === lineage) continue;
      lineage = lineage === undefined ? known : this.#unite(lineage, known);
    }
    return lineage ?? { activations: [], pending: new Set(), isTruncated: false };
  }

  #unite(one: Lineage, other: Lineage): Lineage {
    const [larger, smaller] = one.pending.size < other.pending.size ? [other, one] : [one, other];
    for (const suspension of smaller.pending) {
      larger.pending.add(suspension);
      this.#lineages.set(suspension, larger);
    }
    larger.isTruncated ||= smaller.isTruncated;
    larger.activations = larger.isTruncated ? [] : larger.activations.concat(smaller.activations);
    return larger;
  }
}

function ranBy({ exchanges }: Activation): Continuation[] {
  const ran: Continuation[] = [];
  for (const exchange of exchanges) {
    if (exchange.kind === 'resumed') ran.push(...exchange.suspensions);
  }
  return ran;
}
