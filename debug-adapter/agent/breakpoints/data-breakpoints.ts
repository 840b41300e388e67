import {
  type Inspector,
  type Notice,
  preview,
  type Simulator,
  type StateAccess,
} from '../../../runtime/index.ts';
import type { ModelStop } from '../stop-rules.ts';
import { keyText } from '../views/text.ts';
import type { BreakpointGate, HitCondition } from './breakpoint-gate.ts';
import type { Conditions } from './conditions.ts';

/** A state of one task, by names that are the same in every run. */
export interface StateName {
  readonly task: string;
  readonly state: string;
  readonly scope: 'key' | 'task';
}

/** What of a state is watched. */
export interface StateTarget extends StateName {
  /** The only key that counts, as text; any key's value when it is absent. */
  readonly key?: string;
}

/** A breakpoint on what a state holds. Plain data. */
export interface DataBreakpoint extends StateTarget {
  readonly id: number;
  /** As the user sees it. */
  readonly name: string;
  readonly access: 'read' | 'write' | 'readWrite';
  readonly condition?: string;
  readonly hit?: HitCondition;
  readonly firstRunOnly?: true;
}

type Stand = (stop: ModelStop, hits: readonly number[]) => void;
type Watch = ReturnType<Simulator['watchState']>;

/** Watches states inside the program's thread, and stops it where handlers reach for them. */
export class DataBreakpoints {
  private all: readonly DataBreakpoint[] = [];
  private watches: { readonly on: StateName; readonly watch: Watch }[] = [];
  private simulator: Simulator | undefined;
  /** Stops the program at once; there is nothing to stop it where no debugger is attached. */
  stand: Stand | undefined;
  private readonly gate: BreakpointGate;
  private readonly conditions: Conditions;

  /** Whether the program is on its way to somewhere, and stops for nothing. */
  private readonly travels: () => boolean;

  constructor(gate: BreakpointGate, conditions: Conditions, travels: () => boolean) {
    this.gate = gate;
    this.conditions = conditions;
    this.travels = travels;
  }

  attach(simulator: Simulator): void {
    this.simulator = simulator;
  }

  /** Replaces the breakpoints; states without a breakpoint are no longer watched. */
  set(breakpoints: readonly DataBreakpoint[]): void {
    for (const { watch } of this.watches) watch?.end();
    this.watches = [];
    this.all = breakpoints;
    this.rescan();
  }

  /** Watches what has come into being unheard. */
  rescan(): void {
    for (const each of this.all) {
      if (!this.watches.some(({ on }) => isSame(on, each))) this.watch(each);
    }
  }

  /** A state begins to exist, or has been handled: objects in it may have been changed in place. */
  learn(notice: Notice): void {
    if (this.all.length === 0) return;
    if (notice.kind === 'state-made') this.rescan();
    if (notice.kind !== 'after-event') return;
    for (const { on, watch } of this.watches)
      if (on.task === notice.site.task) watch?.checkInPlaceChanges();
  }

  private watch({ task, state, scope }: StateName): void {
    const on = { task, state, scope };
    const watch = this.simulator?.watchState(on, (access) => this.onAccess(on, access));
    if (watch) this.watches.push({ on, watch });
  }

  private onAccess(on: StateName, access: StateAccess): void {
    const { stand, simulator } = this;
    if (!stand || !simulator || this.travels()) return;
    const hits = this.all.filter((each) => isSame(each, on) && this.isHit(each, access));
    if (hits.length === 0) return;
    stand(
      stopOf(on, access, simulator.inspect),
      hits.map(({ id }) => id),
    );
  }

  private isHit(breakpoint: DataBreakpoint, { key, kind, old, now }: StateAccess): boolean {
    const isRead = kind === 'read';
    if (breakpoint.access !== 'readWrite' && isRead !== (breakpoint.access === 'read')) {
      return false;
    }
    if (breakpoint.key !== undefined && breakpoint.key !== keyText(key)) return false;
    const { condition } = breakpoint;
    const { replaying } = this.gate;
    const circumstances = { value: now?.value, old: old?.value, key, replaying };
    const holds = condition && (() => this.conditions.evaluate(condition, circumstances));
    return this.gate.passes(breakpoint, holds || undefined);
  }
}

function isSame(one: StateName, other: StateName): boolean {
  return one.task === other.task && one.state === other.state && one.scope === other.scope;
}

function stopOf(
  { task, state, scope }: StateName,
  { key, kind, how, old, now }: StateAccess,
  inspect: Inspector,
): ModelStop {
  const { step, event } = inspect.status();
  return {
    kind: 'state-access',
    access: kind,
    how,
    step,
    task,
    state: scope === 'key' ? `${state}[${keyText(key)}]` : state,
    ...(old && { old: preview(old.value) }),
    ...(now && { now: preview(now.value) }),
    ...(event && { place: event }),
  };
}
