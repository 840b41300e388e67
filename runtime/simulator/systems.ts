import type { Path } from '../contracts/paths.ts';
import type { Transition } from './processors/transition.ts';
import type { Scheduler } from './scheduler.ts';

/** One of the program's systems, in order of creation. */
export type SystemIndex = number;

/**
 * The schedulers of the program's systems: a system chooses among the transitions of its own
 * applications. They run one at a time and share one history. A host that drives none in
 * particular drives the first that has anything to do.
 */
export class Systems implements Scheduler {
  readonly #create: () => Scheduler;
  readonly #schedulers: Scheduler[] = [];
  readonly #shut = new Set<SystemIndex>();
  #allShut = false;
  #driven: SystemIndex | undefined;

  constructor(create: () => Scheduler) {
    this.#create = create;
  }

  open(): SystemIndex {
    return this.#schedulers.push(this.#create()) - 1;
  }

  /** What follows is about that system, or about all. */
  drive(system: SystemIndex | undefined): void {
    this.#driven = system;
  }

  /** Ends that system, or all. */
  shutDown(system?: SystemIndex): void {
    if (system === undefined) this.#allShut = true;
    else this.#shut.add(system);
  }

  next(): Transition | undefined {
    for (let system = 0; system < this.#schedulers.length; system++) {
      if (!this.#takesPart(system)) continue;
      const transition = this.#schedulers[system]?.next();
      if (transition !== undefined) return transition;
    }
    return undefined;
  }

  add(transitions: readonly Transition[]): void {
    if (this.#schedulers.length === 0) this.open();
    this.#schedulers[this.#driven ?? 0]?.add(transitions);
  }

  enabled(): readonly Transition[] {
    return this.#schedulers.flatMap((scheduler, system) =>
      this.#takesPart(system) ? scheduler.enabled() : [],
    );
  }

  stop(unit: Path): void {
    for (const scheduler of this.#schedulers) scheduler.stop(unit);
  }

  #takesPart(system: SystemIndex): boolean {
    if (this.#allShut || this.#shut.has(system)) return false;
    return this.#driven === undefined || this.#driven === system;
  }
}
