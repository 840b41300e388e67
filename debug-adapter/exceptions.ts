import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { StopFilters } from '../host/index.ts';
import { isException, splitFrames } from './pause.ts';
import type { Syntax } from './syntax.ts';

/** What the user can choose to stop for, as the Breakpoints view offers it. */
export const EXCEPTION_FILTERS = [
  {
    filter: 'handlerError',
    label: 'Handler Errors',
    description: 'Stop at the line of a handler that throws what it does not catch itself.',
    default: true,
  },
  {
    filter: 'programError',
    label: 'Program Errors',
    description: 'Stop where the program throws outside of handlers, as while it is loaded.',
    default: true,
  },
  {
    filter: 'crash',
    label: 'Crashes',
    description: 'Stop when an injected crash strikes, before the rollback.',
    default: true,
  },
  {
    filter: 'recovery',
    label: 'Recoveries',
    description: 'Stop when a crashed unit has recovered, before it replays.',
    default: false,
  },
] as const satisfies readonly DebugProtocol.ExceptionBreakpointsFilter[];

export type ExceptionFilter = (typeof EXCEPTION_FILTERS)[number]['filter'];

/** Decides for which errors the program stops. */
export class Exceptions {
  private chosen: ReadonlySet<string> = new Set();

  /** Replaces the choice; says of each filter whether it is one. */
  choose(filters: readonly string[]): DebugProtocol.Breakpoint[] {
    this.chosen = new Set(filters);
    return filters.map((filter) => {
      const verified = EXCEPTION_FILTERS.some((known) => known.filter === filter);
      return verified ? { verified } : { verified, message: `there is no filter '${filter}'` };
    });
  }

  /** The part that the program's own thread decides. */
  get filters(): StopFilters {
    return {
      crash: this.has('crash'),
      recovery: this.has('recovery'),
      handlerError: this.has('handlerError'),
    };
  }

  /** Whether V8 has to stop at exceptions at all; each one it stops at costs time. */
  get v8State(): 'all' | 'none' {
    return this.has('handlerError') || this.has('programError') ? 'all' : 'none';
  }

  /**
   * Whether a thrown exception is nothing to stop for. V8 takes every error of a handler as
   * caught, since the runtime catches it; what counts is whether the author's own code does.
   */
  ignores(paused: Protocol.Debugger.PausedEvent, syntax: Syntax): boolean {
    if (!isException(paused)) return false;
    const { callFrames, data } = paused;
    const { handler, driver } = splitFrames(callFrames);
    const inHandler = handler.length > 0;
    if (!this.has(inHandler ? 'handlerError' : 'programError')) return true;
    // On an exhausted stack nothing can be looked at; the runtime's notice stops a little later.
    if (inHandler && /^RangeError: Maximum call stack/.test(descriptionOf(data))) return true;
    return (inHandler ? handler : driver).some(({ location }) => syntax.isGuarded(location));
  }

  private has(filter: ExceptionFilter): boolean {
    return this.chosen.has(filter);
  }
}

function descriptionOf(data: object | undefined): string {
  return (data as { description?: string } | undefined)?.description ?? '';
}
