import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Topology } from '../../runtime/index.ts';
import type { HitCondition } from '../agent/index.ts';
import type { BreakpointIds } from './breakpoint-ids.ts';
import { termsOfMode } from './breakpoint-modes.ts';
import { checkCondition, parseHitCondition } from './condition.ts';
import { withTimeout } from './condition-timeout.ts';

/** What breakpoints of every kind can be narrowed by. */
interface Narrowed {
  readonly condition?: string;
  readonly hitCondition?: string;
}

/** As {@link Narrowed}, in the form that the agent takes. */
export interface BreakpointLimits {
  readonly condition?: string;
  readonly hit?: HitCondition;
  readonly firstRunOnly?: true;
}

/** What is particular to one kind of breakpoints in the model. */
export interface BreakpointKind<Asked extends Narrowed, Meant, Rule> {
  /** @throws Error that says what cannot be understood. */
  read(asked: Asked, topology: Topology | undefined): { meant: Meant; mode: string | undefined };
  /** What is to be said of it where something has been launched. */
  statusIn(topology: Topology, meant: Meant): DebugProtocol.Breakpoint;
  /** The rule that is sent to the agent. */
  ruleOf(id: number, asked: Asked, meant: Meant, terms: BreakpointLimits): Rule;
}

interface Kept<Asked, Rule> {
  readonly asked: Asked;
  readonly id: number;
  /** Absent when it cannot be understood. */
  readonly rule: Rule | undefined;
  state: DebugProtocol.Breakpoint;
}

/** The breakpoints of one kind in a session; they outlive the runs they are set in. */
export class ModelBreakpoints<Asked extends Narrowed, Meant, Rule> {
  private all: readonly Kept<Asked, Rule>[] = [];
  private readonly ids: BreakpointIds;
  private readonly kind: BreakpointKind<Asked, Meant, Rule>;

  constructor(ids: BreakpointIds, kind: BreakpointKind<Asked, Meant, Rule>) {
    this.ids = ids;
    this.kind = kind;
  }

  /** Replaces the breakpoints; those asked for as before keep their numbers and hit counts. */
  set(
    asked: readonly Asked[],
    topology: Topology | undefined,
  ): readonly DebugProtocol.Breakpoint[] {
    const kept = new Map(this.all.map((each) => [JSON.stringify(each.asked), each]));
    this.all = asked.map((each) => kept.get(JSON.stringify(each)) ?? this.create(each));
    this.verify(topology);
    return this.all.map(({ state }) => state);
  }

  /** Compares with what is launched; returns the breakpoints whose standing has changed. */
  verify(topology: Topology | undefined): readonly DebugProtocol.Breakpoint[] {
    const changed: DebugProtocol.Breakpoint[] = [];
    for (const each of this.all) {
      const state = { id: each.id, ...this.statusOf(each.asked, topology) };
      if (JSON.stringify(state) === JSON.stringify(each.state)) continue;
      each.state = state;
      changed.push(state);
    }
    return changed;
  }

  /** What the program's thread is to stop for. */
  get rules(): readonly Rule[] {
    return this.all.flatMap(({ rule }) => rule ?? []);
  }

  /** What the user has asked for under this number. */
  requestedAs(id: number): Asked | undefined {
    return this.all.find((each) => each.id === id)?.asked;
  }

  private create(asked: Asked): Kept<Asked, Rule> {
    const id = this.ids.next();
    const understood = this.understand(asked, undefined);
    const rule =
      understood.failure === undefined
        ? this.kind.ruleOf(id, asked, understood.meant, understood.terms)
        : undefined;
    return { asked, id, rule, state: { id, verified: false } };
  }

  private statusOf(asked: Asked, topology: Topology | undefined): DebugProtocol.Breakpoint {
    const understood = this.understand(asked, topology);
    if (understood.failure !== undefined) {
      return { verified: false, reason: 'failed', message: understood.failure };
    }
    if (topology && topology.nodes.length > 0) {
      return this.kind.statusIn(topology, understood.meant);
    }
    return { verified: false, reason: 'pending', message: 'nothing has been launched yet' };
  }

  private understand(asked: Asked, topology: Topology | undefined): Understood<Meant> {
    const { condition, hitCondition } = asked;
    try {
      const { meant, mode } = this.kind.read(asked, topology);
      if (condition) checkCondition(condition);
      const hit = hitCondition ? parseHitCondition(hitCondition) : undefined;
      const terms = {
        ...(condition && { condition: withTimeout(condition) }),
        ...(hit && { hit }),
        ...termsOfMode(mode),
      };
      return { meant, terms };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }
}

type Understood<Meant> =
  | { readonly meant: Meant; readonly terms: BreakpointLimits; readonly failure?: never }
  | { readonly failure: string };
