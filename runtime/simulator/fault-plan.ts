import type { Fault } from '../contracts/fault.ts';
import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';

/** Thrown where a crash triggers; only recovery catches it. */
export class Crash {
  readonly fault: Fault;

  constructor(fault: Fault) {
    this.fault = fault;
  }
}

/** The faults aimed at one point of one target, and how often the target has passed it since. */
interface Site {
  passed: number;
  readonly armed: { readonly fault: Fault; readonly due: number }[];
}

/** Of a unit: whether faults are aimed at it, and whether some need each event to be counted. */
interface Aim {
  readonly anywhere: boolean;
  readonly events: boolean;
}

const NOWHERE: Aim = { anywhere: false, events: false };

/**
 * The faults still to trigger, found by their target, so that an armed fault costs nothing where
 * it is not. Passings are counted in every attempt: an atom that is processed again after a crash
 * passes its points again.
 */
export class FaultPlan {
  readonly #sites = new Map<Path, Map<ProtocolPoint, Site>>();
  readonly #aims = new Map<Path, Aim>();
  #count = 0;

  /**
   * Arms `fault` for its n-th passing from now on, or for the first later passing at which no other
   * fault triggers: the same fault given twice triggers twice.
   */
  arm(fault: Fault): void {
    const site = this.#siteOf(fault);
    let due = site.passed + fault.occurrence;
    while (site.armed.some((other) => other.due === due)) due += 1;
    site.armed.push({ fault, due });
    this.#count += 1;
    this.#aims.clear();
  }

  /** The faults that have not triggered yet, their occurrences counted from now on. */
  get armed(): readonly Fault[] {
    return [...this.#sites.values()]
      .flatMap((points) => [...points.values()])
      .flatMap(({ passed, armed }) =>
        armed.map(({ fault, due }) => ({ ...fault, occurrence: due - passed })),
      );
  }

  /** Whether a fault may still trigger. */
  get isArmed(): boolean {
    return this.#count > 0;
  }

  /** Whether a fault may trigger in a step of `unit`, or in its part of a commit. */
  isAimedAt(unit: Path): boolean {
    return this.#count > 0 && this.#aimAt(unit).anywhere;
  }

  /** Whether a fault may trigger at an event of `unit`. */
  isAimedAtEventsOf(unit: Path): boolean {
    return this.#count > 0 && this.#aimAt(unit).events;
  }

  /**
   * Counts a passing of `point` by `unit`, and by `task` if it is the task's.
   *
   * @throws Crash if a fault triggers here
   */
  reach(unit: Path, point: ProtocolPoint, task: Path | undefined): void {
    if (this.#count === 0) return;
    this.#reachTarget(unit, point);
    if (task !== undefined && task !== unit) this.#reachTarget(task, point);
  }

  #reachTarget(target: Path, point: ProtocolPoint): void {
    const points = this.#sites.get(target);
    const site = points?.get(point);
    if (points === undefined || site === undefined) return;
    site.passed += 1;
    const at = site.armed.findIndex(({ due }) => due === site.passed);
    const [triggered] = at < 0 ? [] : site.armed.splice(at, 1);
    if (triggered === undefined) return;
    if (site.armed.length === 0) points.delete(point);
    if (points.size === 0) this.#sites.delete(target);
    this.#count -= 1;
    this.#aims.clear();
    throw new Crash(triggered.fault);
  }

  #siteOf({ target, point }: Fault): Site {
    const points = this.#sites.get(target) ?? new Map<ProtocolPoint, Site>();
    this.#sites.set(target, points);
    const site = points.get(point) ?? { passed: 0, armed: [] };
    points.set(point, site);
    return site;
  }

  #aimAt(unit: Path): Aim {
    const known = this.#aims.get(unit);
    if (known !== undefined) return known;
    let aim = NOWHERE;
    for (const [target, points] of this.#sites) {
      if (!`${target}/`.startsWith(`${unit}/`)) continue;
      aim = { anywhere: true, events: aim.events || points.has('process') };
    }
    this.#aims.set(unit, aim);
    return aim;
  }
}
