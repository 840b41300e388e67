import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { ExceptionKind, ExceptionRule } from '../agent/index.ts';
import { isException, splitFrames } from '../v8/pause.ts';
import type { ScriptSyntax } from '../v8/script/script-syntax.ts';
import type { BreakpointIds } from './breakpoint-ids.ts';
import { termsOfMode } from './breakpoint-modes.ts';
import { checkCondition } from './condition.ts';
import { withTimeout } from './condition-timeout.ts';
import { EXCEPTION_FILTERS, type ExceptionFilter } from './exception-filters.ts';

/** One filter that the client has chosen. */
export interface ChosenFilter {
  readonly filter: string;
  readonly condition?: string;
  readonly mode?: string;
}

/** What is to be done about an exception that V8 has paused for. */
export type Verdict =
  | 'ignored'
  | 'shown'
  /** It depends on what is thrown, and in which step: the program's thread knows. */
  | 'asked';

/** Decides for which errors the program stops. */
export class ExceptionBreakpoints {
  private chosen: readonly ExceptionFilter[] = [];
  /** What the program's own thread decides. */
  rules: readonly ExceptionRule[] = [];
  private readonly ids: BreakpointIds;

  constructor(ids: BreakpointIds) {
    this.ids = ids;
  }

  /** Replaces the choice; says of each filter whether it is one. */
  choose(filters: readonly ChosenFilter[]): DebugProtocol.Breakpoint[] {
    const problems = filters.map(problemOf);
    const good = filters.filter((_, at) => problems[at] === undefined);
    this.chosen = good.map(({ filter }) => filter as ExceptionFilter);
    this.rules = good.flatMap(({ filter, condition, mode }) => {
      if (filter === 'programError') return [];
      const kind = filter as ExceptionKind;
      const rule = { id: this.ids.next(), name: labelOf(filter), kind, ...termsOfMode(mode) };
      return [
        condition === undefined
          ? rule
          : { ...rule, condition: withTimeout(condition), said: condition },
      ];
    });
    return problems.map((message) => {
      return message === undefined ? { verified: true } : { verified: false, message };
    });
  }

  /** Whether V8 has to stop at exceptions at all; each one it stops at costs time. */
  get v8State(): 'all' | 'none' {
    const needed: readonly ExceptionFilter[] = ['handlerError', 'programError', 'poisonAtom'];
    return needed.some((filter) => this.chosen.includes(filter)) ? 'all' : 'none';
  }

  /**
   * Whether a thrown exception is nothing to stop for. V8 takes every error of a handler as
   * caught, since the runtime catches it; what counts is whether the author's own code does.
   */
  judge(paused: Protocol.Debugger.PausedEvent, syntax: ScriptSyntax): Verdict {
    if (!isException(paused)) return 'shown';
    const { callFrames, data } = paused;
    const { handler, driver } = splitFrames(callFrames);
    const inHandler = handler.length > 0;
    const verdict = inHandler ? this.handlerVerdict : this.programVerdict;
    if (verdict === 'ignored') return verdict;
    // On an exhausted stack nothing can be looked at; the runtime's notice stops a little later.
    if (inHandler && /^RangeError: Maximum call stack/.test(descriptionOf(data))) return 'ignored';
    const author = inHandler ? handler : driver;
    return author.some(({ location }) => syntax.isGuarded(location)) ? 'ignored' : verdict;
  }

  private get programVerdict(): Verdict {
    return this.chosen.includes('programError') ? 'shown' : 'ignored';
  }

  private get handlerVerdict(): Verdict {
    const [rule] = this.rules.filter(({ kind }) => kind === 'handlerError');
    if (rule && rule.condition === undefined && !rule.firstRunOnly) return 'shown';
    return rule || this.chosen.includes('poisonAtom') ? 'asked' : 'ignored';
  }
}

/** What is wrong with a choice; nothing, if it can be made. */
function problemOf({ filter, condition, mode }: ChosenFilter): string | undefined {
  const known = EXCEPTION_FILTERS.find((each) => each.filter === filter);
  if (!known) return `there is no filter '${filter}'`;
  if (condition === undefined && filter === 'invariant') {
    return 'edit the condition: say what must hold after each commit';
  }
  if (condition && !known.supportsCondition) return `'${known.label}' take no condition`;
  try {
    if (condition) checkCondition(condition);
    termsOfMode(mode);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function labelOf(filter: string): string {
  return EXCEPTION_FILTERS.find((each) => each.filter === filter)?.label ?? filter;
}

function descriptionOf(data: object | undefined): string {
  return (data as { description?: string } | undefined)?.description ?? '';
}
