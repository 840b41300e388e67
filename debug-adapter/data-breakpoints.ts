import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DataBreakpoint, StateTarget } from '../host/index.ts';
import type { Topology } from '../runtime/index.ts';
import { checkCondition, parseHitCondition } from './breakpoint-condition.ts';
import type { BreakpointIds } from './breakpoint-ids.ts';
import { termsOfMode } from './breakpoint-modes.ts';
import { dataIdOf, readDataId, targetText } from './data-id.ts';

/** One breakpoint of the user on a state. */
interface WatchedState {
  readonly asked: DebugProtocol.DataBreakpoint;
  readonly id: number;
  /** What the program's thread is told; absent when it cannot be understood. */
  readonly rule: DataBreakpoint | undefined;
  state: DebugProtocol.Breakpoint;
}

/** The breakpoints on states of a session; they outlive the runs they are set in. */
export class DataBreakpoints {
  private all: readonly WatchedState[] = [];
  private readonly ids: BreakpointIds;

  constructor(ids: BreakpointIds) {
    this.ids = ids;
  }

  /** Replaces the breakpoints; those asked for as before keep their numbers and hit counts. */
  set(
    asked: readonly DebugProtocol.DataBreakpoint[],
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
  get rules(): readonly DataBreakpoint[] {
    return this.all.flatMap(({ rule }) => rule ?? []);
  }

  private create(asked: DebugProtocol.DataBreakpoint): WatchedState {
    const id = this.ids.next();
    const { dataId, accessType = 'write', condition, hitCondition } = asked;
    let rule: DataBreakpoint | undefined;
    if (standingOf(asked, undefined).reason !== 'failed') {
      const { target, mode } = readDataId(dataId);
      const hit = hitCondition ? parseHitCondition(hitCondition) : undefined;
      const terms = { ...(condition && { condition }), ...(hit && { hit }), ...termsOfMode(mode) };
      rule = { id, name: targetText(target), ...target, access: accessType, ...terms };
    }
    return { asked, id, rule, state: { id, verified: false } };
  }
}

/** What is to be said of a breakpoint where `topology` is launched. */
function standingOf(
  { dataId, condition, hitCondition }: DebugProtocol.DataBreakpoint,
  topology: Topology | undefined,
): DebugProtocol.Breakpoint {
  let target: StateTarget;
  try {
    const read = readDataId(dataId);
    target = read.target;
    termsOfMode(read.mode);
    if (condition) checkCondition(condition);
    if (hitCondition) parseHitCondition(hitCondition);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { verified: false, reason: 'failed', message };
  }
  if (!topology || topology.nodes.length === 0) {
    const message = 'nothing has been launched yet';
    return { verified: false, reason: 'pending', message };
  }
  if (topology.nodes.some(({ path }) => path === target.task)) return { verified: true };
  const message = `there is no task ${target.task} in what has been launched`;
  return { verified: false, reason: 'failed', message };
}

/** How a variable of a view, or an expression, answers the question whether it can be watched. */
export function dataBreakpointInfo(
  target: StateTarget | undefined,
  name: string,
  mode: string | undefined,
): DebugProtocol.DataBreakpointInfoResponse['body'] {
  if (!target) {
    const description = `'${name}' is no state: what PerKeyState and PerTaskState hold can be watched`;
    return { dataId: null, description };
  }
  return {
    dataId: dataIdOf(target, mode),
    description: targetText(target),
    accessTypes: ['read', 'write', 'readWrite'],
    canPersist: true,
  };
}
