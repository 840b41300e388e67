import { PortalsError } from '../contracts/errors.ts';
import type { Schedule } from '../contracts/options.ts';
import type { Path } from '../contracts/paths.ts';
import { Random } from '../determinism/random.ts';
import type { Priority, Transition } from './processors/transition.ts';

/** Chooses the next step among the transitions that are ready; `undefined` when there is none. */
export interface Scheduler {
  next(): Transition | undefined;
  /** A launch has added transitions. */
  add(transitions: readonly Transition[]): void;
  /** All transitions that are enabled now. */
  enabled(): readonly Transition[];
  /** Takes a failed unit's transitions away for good. */
  stop(unit: Path): void;
}

const RANKS: readonly Priority[] = ['portal', 'workflow', 'sequencer', 'splitter', 'generator'];

/** The scheduler of that name. `manual` chooses as `drain` does unless a choice is made. */
export function createScheduler(schedule: Schedule, seed: number): Scheduler {
  const random = new Random(seed);
  switch (schedule) {
    case 'random':
      return new Chooser((enabled) => enabled[random.below(enabled.length)]);
    case 'pct':
      return new Chooser(byPriorities(random));
    default:
      return new Drain(random);
  }
}

/**
 * The one of the `enabled` transitions whose choice has this label.
 *
 * @throws PortalsError PORTALS_UNKNOWN_CHOICE
 */
export function transitionCalled(label: string, enabled: readonly Transition[]): Transition {
  const labels = enabled.map((transition) => transition.describe().label);
  const transition = enabled[labels.indexOf(label)];
  if (transition !== undefined) return transition;
  throw new PortalsError(
    'PORTALS_UNKNOWN_CHOICE',
    `no enabled step is called '${label}'; enabled are: ${labels.join('; ') || 'none'}`,
  );
}

/** Finds the enabled transitions: those ready, and the deferred ones if there is no other. */
class Chooser implements Scheduler {
  protected transitions: Transition[] = [];
  readonly #choose: (enabled: readonly Transition[]) => Transition | undefined;

  constructor(choose: (enabled: readonly Transition[]) => Transition | undefined) {
    this.#choose = choose;
  }

  add(transitions: readonly Transition[]): void {
    this.transitions.push(...transitions);
  }

  stop(unit: Path): void {
    this.transitions = this.transitions.filter((transition) => transition.unit !== unit);
  }

  enabled(): readonly Transition[] {
    const ready = this.transitions.filter((transition) => transition.ready());
    const free = ready.filter((transition) => !transition.deferred());
    return free.length > 0 ? free : ready;
  }

  next(): Transition | undefined {
    const enabled = this.enabled();
    return enabled.length === 0 ? undefined : this.#choose(enabled);
  }
}

/**
 * Prefers portals, then workflows, sequencers, splitters and generators, each in launch order, so
 * that what is under way is drained before more is generated. A portal's messages are taken in
 * order of arrival, and a sequencer's input is drawn at random.
 */
class Drain extends Chooser {
  /** The transitions in order of rank. */
  #ranked: Transition[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    super(() => undefined);
    this.#random = random;
  }

  override add(transitions: readonly Transition[]): void {
    super.add(transitions);
    this.#ranked = RANKS.flatMap((rank) =>
      this.transitions.filter((transition) => transition.priority === rank),
    );
  }

  override stop(unit: Path): void {
    super.stop(unit);
    this.#ranked = this.#ranked.filter((transition) => transition.unit !== unit);
  }

  override next(): Transition | undefined {
    return this.#first(false) ?? this.#first(true);
  }

  #first(held: boolean): Transition | undefined {
    for (const transition of this.#ranked) {
      if (!transition.ready() || transition.deferred() !== held) continue;
      if (transition.priority === 'portal') return oldestMessages(this.#ranked, transition);
      return transition.priority === 'sequencer'
        ? this.#draw(this.#ranked, transition)
        : transition;
    }
    return undefined;
  }

  #draw(transitions: readonly Transition[], first: Transition): Transition {
    const inputs = transitions.filter(
      (transition) => transition.unit === first.unit && transition.ready(),
    );
    return inputs.length === 1 ? first : (inputs[this.#random.below(inputs.length)] ?? first);
  }
}

/** Of the messages of the first portal that has any, those that arrived first. */
function oldestMessages(transitions: readonly Transition[], first: Transition): Transition {
  let oldest = first;
  for (const transition of transitions) {
    if (transition.priority !== 'portal') break;
    if (transition === first || transition.input !== first.input || !transition.ready()) continue;
    if (transition.arrivalOrder() < oldest.arrivalOrder()) oldest = transition;
  }
  return oldest;
}

/** The share of steps that are change points; each run draws its own between these. */
const PCT_CHANGES_MIN = 0.3;
const PCT_CHANGES_MAX = 0.7;

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010): each unit has a random
 * priority, also one that is launched later, and the enabled unit of the highest priority runs. At
 * a change point, the unit that runs falls below all others. Change points are spread evenly over
 * the run. Its length is not known in advance, so each step is one with the same probability,
 * which differs between runs: few give long detours, many give orders like those of `random`.
 * Priorities order units, not the inputs of a unit: which of those is taken next is drawn.
 */
function byPriorities(random: Random): (enabled: readonly Transition[]) => Transition | undefined {
  const priorities = new Map<Path, number>();
  const changes = PCT_CHANGES_MIN + (PCT_CHANGES_MAX - PCT_CHANGES_MIN) * random.unit();
  let lowest = 0;
  const priorityOf = (unit: Path): number => {
    const known = priorities.get(unit);
    if (known !== undefined) return known;
    const drawn = random.unit();
    priorities.set(unit, drawn);
    return drawn;
  };
  return (enabled) => {
    const units = new Set(enabled.map(({ unit }) => unit));
    const unit = [...units].reduce((one, other) =>
      priorityOf(other) > priorityOf(one) ? other : one,
    );
    if (random.unit() < changes) priorities.set(unit, --lowest);
    const inputs = enabled.filter((transition) => transition.unit === unit);
    return inputs[random.below(inputs.length)];
  };
}
