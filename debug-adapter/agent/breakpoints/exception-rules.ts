import type { AppError, EventSite, Inspector, Notice } from '../../../runtime/index.ts';
import { type ModelStop, type StopFilters, textOf } from '../stop-rules.ts';
import type { BreakpointGate, GatedBreakpoint } from './breakpoint-gate.ts';
import type { Conditions, ConditionVariables } from './conditions.ts';

/** What is out of the ordinary in the model, as the user can choose to stop for. */
export type ExceptionKind =
  | 'handlerError'
  | 'crash'
  | 'recovery'
  | 'rollback'
  | 'poisonAtom'
  | 'outsideState'
  | 'completion'
  | 'orphanedContinuation'
  | 'invariant';

/** One kind the user has chosen, and when it counts. Plain data. */
export interface ExceptionRule extends GatedBreakpoint {
  readonly kind: ExceptionKind;
  /** For an invariant: what must hold after each commit. */
  readonly condition?: string;
  /** The condition as the user wrote it. */
  readonly said?: string;
}

const NONE: StopFilters = {
  crash: false,
  recovery: false,
  rollback: false,
  handlerError: false,
  completion: false,
};

/** Decides, inside the program's thread, for what goes wrong the program stops. */
export class ExceptionRules {
  private rules: readonly ExceptionRule[] = [];
  /** The step in which a handler has thrown, until it is known what follows. */
  private thrownIn: number | undefined;
  /** The steps that were rolled back because a handler threw. */
  private readonly failed = new Set<number>();
  /** An invariant is reported when it breaks, not while it stays broken. */
  private readonly broken = new Set<string>();
  private inspect: Inspector | undefined;
  private readonly gate: BreakpointGate;
  private readonly conditions: Conditions;

  constructor(gate: BreakpointGate, conditions: Conditions) {
    this.gate = gate;
    this.conditions = conditions;
  }

  attach(inspect: Inspector): void {
    this.inspect = inspect;
  }

  set(rules: readonly ExceptionRule[]): void {
    this.rules = rules;
  }

  /** What is wanted of the stops that can be at `notice`. */
  at(notice: Notice): StopFilters {
    switch (notice.kind) {
      case 'crashed': {
        const { step, unit, outcome, fault } = notice;
        return { ...NONE, crash: this.wants('crash', { step, unit, outcome, point: fault.point }) };
      }
      case 'recovered': {
        const { step, unit, outcome } = notice;
        return { ...NONE, recovery: this.wants('recovery', { step, unit, outcome }) };
      }
      case 'aborted': {
        const { step, unit, toStep } = notice;
        return { ...NONE, rollback: this.wants('rollback', { step, unit, toStep }) };
      }
      case 'handler-error':
        return { ...NONE, handlerError: this.wantsError(notice.error, notice.site) };
      case 'rested': {
        const { step, reason } = notice;
        return { ...NONE, completion: this.wants('completion', { step, reason }) };
      }
      default:
        return NONE;
    }
  }

  learn(notice: Notice): void {
    switch (notice.kind) {
      case 'handler-error':
        this.thrownIn = notice.step;
        break;
      case 'aborted':
        if (this.thrownIn !== undefined) this.failed.add(this.thrownIn);
        this.thrownIn = undefined;
        break;
      case 'failed':
      case 'committed':
        this.thrownIn = undefined;
        this.failed.delete(notice.step);
        break;
    }
  }

  /** The stop at `notice` where it shows that something is wrong with the whole. */
  stopAt(notice: Notice): ModelStop | undefined {
    switch (notice.kind) {
      case 'committed':
        return this.brokenBy(notice);
      case 'diverged': {
        const { step, unit, error } = notice;
        if (!this.wants('outsideState', { step, unit })) return undefined;
        return { kind: 'diverged', step, unit, error: textOf(error) };
      }
      case 'rested':
        return notice.reason === 'complete' ? this.orphanedAt(notice.step) : undefined;
      default:
        return undefined;
    }
  }

  /** Whether the step is tried again because a handler has thrown in it. */
  hasFailed(step: number): boolean {
    return this.failed.has(step);
  }

  /** Whether to stop for what a handler has thrown while it handles `site`. */
  wantsError({ thrown }: Pick<AppError, 'thrown'>, site: EventSite): boolean {
    const { task, unit, cause, key, value, step } = site;
    const circumstances = { error: thrown, value, key, cause, task, unit, step };
    if (this.wants('handlerError', circumstances)) return true;
    return this.failed.has(step) && this.wants('poisonAtom', circumstances);
  }

  private wants(kind: ExceptionKind, circumstances: ConditionVariables): boolean {
    return this.rules.some((rule) => {
      if (rule.kind !== kind) return false;
      const { condition } = rule;
      const holds = condition && (() => this.conditions.evaluate(condition, circumstances));
      return this.gate.passes(rule, holds || undefined);
    });
  }

  private orphanedAt(step: number): ModelStop | undefined {
    const pending = this.inspect?.continuations() ?? [];
    const [first] = pending;
    if (!first || !this.wants('orphanedContinuation', { count: pending.length })) return undefined;
    const { task, portal } = first;
    return { kind: 'orphaned', step, count: pending.length, task, portal };
  }

  private brokenBy({ step, unit }: Extract<Notice, { kind: 'committed' }>): ModelStop | undefined {
    for (const rule of this.rules) {
      const { kind, condition, said = condition } = rule;
      if (kind !== 'invariant' || condition === undefined) continue;
      const breaks = () => !this.conditions.evaluate(condition, { step, unit });
      const isNews = !this.broken.has(condition);
      if (!this.gate.passes(rule, breaks)) this.broken.delete(condition);
      else if (isNews) {
        this.broken.add(condition);
        return { kind: 'invariant', step, unit, condition: said ?? condition };
      }
    }
    return undefined;
  }
}
