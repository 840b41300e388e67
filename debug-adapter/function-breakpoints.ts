import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ModelBreakpoint } from '../host/index.ts';
import type { Topology } from '../runtime/index.ts';
import { checkCondition, parseHitCondition } from './breakpoint-condition.ts';
import type { BreakpointIds } from './breakpoint-ids.ts';
import { termsOfMode } from './breakpoint-modes.ts';
import { type ModelName, matchesOf, noMatch, readModelName } from './model-name.ts';

/** The protocol gives these no mode yet; a client may. */
type AskedBreakpoint = DebugProtocol.FunctionBreakpoint & { readonly mode?: string };

/** One breakpoint of the user on a name of the model. */
interface NamedBreakpoint {
  readonly asked: AskedBreakpoint;
  readonly id: number;
  /** What the program's thread is told; absent when it cannot be understood. */
  readonly rule: ModelBreakpoint | undefined;
  state: DebugProtocol.Breakpoint;
}

/** The breakpoints by name of a session; they outlive the runs they are set in. */
export class FunctionBreakpoints {
  private all: readonly NamedBreakpoint[] = [];
  private readonly ids: BreakpointIds;

  constructor(ids: BreakpointIds) {
    this.ids = ids;
  }

  /** Replaces the breakpoints; those asked for as before keep their numbers and hit counts. */
  set(
    asked: readonly AskedBreakpoint[],
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
      const state = { id: each.id, ...standingOf(each.asked, topology) };
      if (JSON.stringify(state) === JSON.stringify(each.state)) continue;
      each.state = state;
      changed.push(state);
    }
    return changed;
  }

  /** What the program's thread is to stop for. */
  get rules(): readonly ModelBreakpoint[] {
    return this.all.flatMap(({ rule }) => rule ?? []);
  }

  /** What the user has called the breakpoint with this number. */
  nameOf(id: number): string | undefined {
    return this.all.find((each) => each.id === id)?.asked.name;
  }

  private create(asked: AskedBreakpoint): NamedBreakpoint {
    const id = this.ids.next();
    const { name, hitCondition, condition, mode } = asked;
    let rule: ModelBreakpoint | undefined;
    if (standingOf(asked, undefined).reason !== 'failed') {
      const hit = hitCondition ? parseHitCondition(hitCondition) : undefined;
      const terms = { ...(condition && { condition }), ...(hit && { hit }), ...termsOfMode(mode) };
      rule = { id, name, ...readModelName(name, undefined), ...terms };
    }
    return { asked, id, rule, state: { id, verified: false } };
  }
}

/** What is to be said of a breakpoint where `topology` is launched. */
function standingOf(
  { name, condition, hitCondition, mode }: AskedBreakpoint,
  topology: Topology | undefined,
): DebugProtocol.Breakpoint {
  let meant: ModelName;
  try {
    meant = readModelName(name, topology);
    if (condition) checkCondition(condition);
    if (hitCondition) parseHitCondition(hitCondition);
    termsOfMode(mode);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { verified: false, reason: 'failed', message };
  }
  if (!topology || topology.nodes.length === 0) {
    const message = 'nothing has been launched yet';
    return { verified: false, reason: 'pending', message };
  }
  if (meant.pattern === undefined) return { verified: true };
  const matches = matchesOf(meant, topology);
  if (matches.length > 0) return { verified: true, message: `stops for ${matches.join(', ')}` };
  return { verified: false, reason: 'failed', message: noMatch(meant, topology) };
}
