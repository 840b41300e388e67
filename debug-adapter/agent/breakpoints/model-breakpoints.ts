import { pathPattern } from '../../../program/index.ts';
import type { Choice, Notice } from '../../../runtime/index.ts';
import type { BreakpointGate, HitCondition } from './breakpoint-gate.ts';
import type { Conditions, ConditionVariables } from './conditions.ts';

/** What in the model a breakpoint can be set on. */
export const MODEL_EVENTS = [
  'task',
  'portal',
  'workflow',
  'sequencer',
  'splitter',
  'generator',
  'atom:commit',
  'atom:abort',
  'crash',
  'recover',
] as const;

export type ModelEvent = (typeof MODEL_EVENTS)[number];

/** A breakpoint by name rather than by line. Plain data. */
export interface ModelBreakpoint {
  readonly id: number;
  /** As the user has written it. */
  readonly name: string;
  readonly event: ModelEvent;
  /** See {@link pathPattern}; anything fits when it is absent. */
  readonly pattern?: string;
  readonly condition?: string;
  readonly hit?: HitCondition;
  /** Not when an atom is processed again after a rollback. */
  readonly firstRunOnly?: true;
}

/** One thing that happens in the model, as breakpoints see it. */
interface Happening {
  readonly event: ModelEvent;
  readonly path: string;
  readonly circumstances: ConditionVariables;
}

interface SetBreakpoint extends ModelBreakpoint {
  readonly fits: (path: string) => boolean;
}

const NONE: readonly number[] = [];

/** Decides, inside the program's thread, which breakpoints by name a notice hits. */
export class ModelBreakpoints {
  private all: readonly SetBreakpoint[] = [];
  private observesHandlers = false;
  private choice: Choice | undefined;
  private readonly gate: BreakpointGate;
  private readonly conditions: Conditions;

  constructor(gate: BreakpointGate, conditions: Conditions) {
    this.gate = gate;
    this.conditions = conditions;
  }

  /** Replaces the breakpoints; those that stay keep their hit counts. */
  set(breakpoints: readonly ModelBreakpoint[]): void {
    this.all = breakpoints.map((each) => {
      return { ...each, fits: each.pattern === undefined ? () => true : pathPattern(each.pattern) };
    });
    this.observesHandlers = breakpoints.some(({ event }) => event === 'task' || event === 'portal');
  }

  learn(notice: Notice): void {
    if (notice.kind === 'started') this.choice = notice.choice;
  }

  /** The ids of the breakpoints that `notice` hits. */
  hitsAt(notice: Notice): readonly number[] {
    if (this.all.length === 0) return NONE;
    // Most notices are of handlers, which most breakpoints have nothing to do with.
    if (notice.kind === 'enter-handler' && !this.observesHandlers) return NONE;
    const happenings = happeningsOf(notice, this.choice);
    if (happenings.length === 0) return NONE;
    return this.all.filter((each) => this.isHit(each, happenings)).map(({ id }) => id);
  }

  private isHit(breakpoint: SetBreakpoint, happenings: readonly Happening[]): boolean {
    const { event, fits, condition } = breakpoint;
    const found = happenings.find((each) => each.event === event && fits(each.path));
    if (!found) return false;
    const { replaying } = this.gate;
    const holds =
      condition &&
      (() => this.conditions.evaluate(condition, { ...found.circumstances, replaying }));
    return this.gate.passes(breakpoint, holds || undefined);
  }
}

function happeningsOf(notice: Notice, choice: Choice | undefined): readonly Happening[] {
  switch (notice.kind) {
    case 'started': {
      const { step, attempt, choice: chosen } = notice;
      const { unit: path, action, input } = chosen;
      const event = UNIT_KINDS[path.split('/')[2] ?? ''];
      const circumstances = { step, attempt, unit: path, action, input };
      return event === undefined ? [] : [{ event, path, circumstances }];
    }
    case 'enter-handler': {
      const { task, unit, cause, index, count, key, value, step } = notice.site;
      const circumstances = { value, key, cause, task, unit, index, count, step };
      const portal = cause === 'request' ? choice?.input : undefined;
      const asked = portal === undefined ? [] : [{ event: 'portal', path: portal, circumstances }];
      return [{ event: 'task', path: task, circumstances }, ...(asked as Happening[])];
    }
    case 'committed':
    case 'aborted': {
      const event = notice.kind === 'committed' ? 'atom:commit' : 'atom:abort';
      const { step, unit } = notice;
      return [{ event, path: unit, circumstances: { step, unit } }];
    }
    case 'crashed': {
      const { step, unit, fault, outcome } = notice;
      const circumstances = { step, unit, point: fault.point, outcome };
      // A fault may be aimed at a task; both are names of what crashes.
      return [unit, fault.target].map((path) => ({ event: 'crash', path, circumstances }));
    }
    case 'recovered': {
      const { step, unit, outcome } = notice;
      return [{ event: 'recover', path: unit, circumstances: { step, unit, outcome } }];
    }
    default:
      return [];
  }
}

const UNIT_KINDS: Readonly<Record<string, ModelEvent>> = {
  workflows: 'workflow',
  sequencers: 'sequencer',
  splitters: 'splitter',
  generators: 'generator',
};
