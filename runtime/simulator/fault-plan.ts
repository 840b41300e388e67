import type { Fault } from '../contracts/fault.ts';
import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';

/** Thrown where a crash strikes; caught only by the engine's recovery. */
export class Crash {
  readonly fault: Fault;

  constructor(fault: Fault) {
    this.fault = fault;
  }
}

/** A fault to strike at the `due`-th passing since points are counted. */
interface Armed {
  readonly fault: Fault;
  readonly due: number;
}

/**
 * The faults still to strike. Passings are counted for each target and point, in every attempt:
 * an atom that is processed again after a crash passes its points again.
 */
export class FaultPlan {
  readonly #passings = new Map<string, number>();
  readonly #armed = new Map<string, readonly Armed[]>();
  #count = 0;

  /**
   * Arms `fault` for its n-th passing from now on, or for the first later passing at which no other
   * fault triggers: the same fault given twice triggers twice.
   */
  arm(fault: Fault): void {
    const place = `${fault.target}@${fault.point}`;
    const others = this.#armed.get(place) ?? [];
    let due = (this.#passings.get(place) ?? 0) + fault.occurrence;
    while (others.some((other) => other.due === due)) due += 1;
    this.#armed.set(place, [...others, { fault, due }]);
    this.#count += 1;
  }

  /** The faults that have not struck yet, their occurrences counted from now on. */
  get armed(): readonly Fault[] {
    return [...this.#armed].flatMap(([place, armed]) => {
      const passed = this.#passings.get(place) ?? 0;
      return armed.map(({ fault, due }) => ({ ...fault, occurrence: due - passed }));
    });
  }

  /** Whether a fault may still strike. */
  get isArmed(): boolean {
    return this.#count > 0;
  }

  /**
   * Counts a passing of `point` by `unit`, and by `task` if it is the task's.
   *
   * @throws Crash if a fault strikes here
   */
  reach(unit: Path, point: ProtocolPoint, task: Path | undefined): void {
    this.#passTarget(unit, point);
    if (task !== undefined && task !== unit) this.#passTarget(task, point);
  }

  #passTarget(target: Path, point: ProtocolPoint): void {
    const place = `${target}@${point}`;
    const passing = (this.#passings.get(place) ?? 0) + 1;
    this.#passings.set(place, passing);
    const armed = this.#armed.get(place);
    const striking = armed?.find(({ due }) => due === passing);
    if (armed === undefined || striking === undefined) return;
    this.#armed.set(
      place,
      armed.filter((each) => each !== striking),
    );
    this.#count -= 1;
    throw new Crash(striking.fault);
  }
}
