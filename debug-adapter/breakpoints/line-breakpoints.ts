import type { DebugProtocol } from '@vscode/debugprotocol';
import { PROGRAM_URL } from '../../program/index.ts';
import { type Cdp, CdpError } from '../v8/cdp.ts';
import type { DeferredRemovals } from '../v8/deferred-removals.ts';
import { pathOf } from '../v8/script/file-names.ts';
import { locationName } from '../v8/script/script-location.ts';
import type { SourceNames } from '../v8/script/source-names.ts';
import { type Sources, sourceOf } from '../v8/script/sources.ts';
import type { BreakLocation, BreakLocations } from './break-locations.ts';
import type { BreakpointIds } from './breakpoint-ids.ts';
import { type BreakpointTerms, conditionOf } from './condition.ts';

/** A running program's side of the breakpoints. */
export interface BreakpointTarget {
  readonly cdp: Cdp;
  readonly removals: DeferredRemovals;
  readonly locations: BreakLocations;
  readonly sources: Sources;
}

/** One breakpoint of the user, which may stop at several places. */
interface LineBreakpoint {
  readonly id: number;
  readonly file: string;
  readonly asked: DebugProtocol.SourceBreakpoint;
  state: DebugProtocol.Breakpoint;
  v8Ids: readonly string[];
  /** Where it stops; empty where nothing can be stopped for. */
  places: readonly BreakLocation[];
}

/** The line breakpoints of a session; they outlive the runs they are set in. */
export class LineBreakpoints {
  private all: readonly LineBreakpoint[] = [];
  private target: BreakpointTarget | undefined;
  /** Whatever is being set; what comes next waits for it, as V8 would take both for one. */
  private pending: Promise<unknown> = Promise.resolve();
  private readonly ids: BreakpointIds;

  constructor(ids: BreakpointIds) {
    this.ids = ids;
  }

  /**
   * Replaces the breakpoints of `file`. A client that has opened a file under two names sets the
   * breakpoints of each. Those asked for as before stay as they are.
   */
  set(
    file: string,
    asked: readonly DebugProtocol.SourceBreakpoint[],
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    return this.inTurn(() => this.replace(file, asked));
  }

  private async replace(
    file: string,
    asked: readonly DebugProtocol.SourceBreakpoint[],
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    const path = pathOf(file);
    const before = this.all.filter((each) => pathOf(each.file) === path);
    const kept = new Map(before.map((each) => [JSON.stringify(each.asked), each]));
    const wanted = asked.map((each) => kept.get(JSON.stringify(each)) ?? this.create(file, each));
    this.all = [...this.all.filter((each) => !before.includes(each)), ...wanted];
    const gone = before.filter((each) => !wanted.includes(each));
    await Promise.all(gone.map((each) => this.unbind(each)));
    for (const each of wanted) if (each.v8Ids.length === 0) await this.bind(each);
    return wanted.map(({ state }) => state);
  }

  /** Sets every breakpoint in a new run; returns those whose standing has changed. */
  bindAll(target: BreakpointTarget | undefined): Promise<readonly DebugProtocol.Breakpoint[]> {
    return this.inTurn(async () => {
      this.target = target;
      const before = this.all.map(({ state }) => state);
      for (const each of this.all) await this.bind(each);
      return this.all.map(({ state }) => state).filter((state) => !before.includes(state));
    });
  }

  /** Sets those that are set in the present run in another one of the program as well. */
  copyTo(cdp: Cdp): Promise<void> {
    return this.inTurn(async () => {
      const { target } = this;
      for (const { id, asked, places } of target ? this.all : []) {
        if (target) await setAt(cdp, places, conditionIn(id, asked, target.sources.names));
      }
    });
  }

  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.pending.then(act);
    this.pending = result.catch(() => undefined);
    return result;
  }

  /** Whether any stops only at a certain number of hits. */
  get countHits(): boolean {
    return this.all.some(({ asked }) => asked.hitCondition !== undefined);
  }

  /** The user's breakpoints that V8 calls `v8Ids`. */
  idsOf(v8Ids: readonly string[]): readonly number[] {
    return this.all
      .filter((each) => each.v8Ids.some((id) => v8Ids.includes(id)))
      .map(({ id }) => id);
  }

  /** Where the breakpoint with this number stands, for what it has to say. */
  positionOf(id: number): { readonly file: string; readonly line: number } | undefined {
    const found = this.all.find((each) => each.id === id);
    return found && { file: found.file, line: found.state.line ?? found.asked.line };
  }

  private create(file: string, asked: DebugProtocol.SourceBreakpoint): LineBreakpoint {
    const id = this.ids.next();
    const state = unverified(id, 'pending', 'the program has not been launched yet');
    return { id, file, asked, state, v8Ids: [], places: [] };
  }

  private async bind(breakpoint: LineBreakpoint): Promise<void> {
    const { target } = this;
    const { id, file, asked } = breakpoint;
    breakpoint.v8Ids = [];
    breakpoint.places = [];
    if (!target || target.cdp.closed) return;
    const own = target.sources.fileOf(file);
    if (own === undefined) {
      breakpoint.state = unverified(id, 'failed', 'this file is not part of the program');
      return;
    }
    const { line, column } = asked;
    const found =
      column === undefined
        ? target.locations.onLine(own, line)
        : target.locations.atColumn(own, line, column);
    target.sources.callAs(own, file);
    const [place] = found;
    if (!place) {
      breakpoint.state = unverified(id, 'failed', 'no code stands on this line or after it');
      return;
    }
    try {
      const condition = conditionIn(id, asked, target.sources.names);
      await checkSyntax(target.cdp, condition(place));
      breakpoint.v8Ids = await setAt(target.cdp, found, condition);
      breakpoint.places = found;
      breakpoint.state = {
        id,
        verified: true,
        source: sourceOf(file),
        ...positionOf(place, asked),
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      breakpoint.state = unverified(id, 'failed', reason);
    }
  }

  private async unbind({ v8Ids, places }: LineBreakpoint): Promise<void> {
    const { target } = this;
    if (!target || target.cdp.closed) return;
    for (const [nth, place] of places.entries()) {
      const v8Id = v8Ids[nth];
      if (v8Id !== undefined) await target.removals.remove(v8Id, locationName(place));
    }
  }
}

/** What decides at a place whether a breakpoint stops; `names` are needed for expressions. */
export function conditionIn(id: number, terms: BreakpointTerms, names?: SourceNames) {
  return (place: BreakLocation) => {
    const at = { lineNumber: place.line, columnNumber: place.column };
    const inScript = (expression: string) =>
      names?.translate(`(${expression}\n)`, at) ?? expression;
    return conditionOf(id, terms, locationName(place), inScript);
  };
}

/** Has a run stop at `places` where `conditionAt` holds; returns V8's names of the breakpoints. */
export async function setAt(
  cdp: Cdp,
  places: readonly BreakLocation[],
  conditionAt: (place: BreakLocation) => string,
): Promise<readonly string[]> {
  const url = PROGRAM_URL;
  const ids: string[] = [];
  for (const at of places) {
    const { line: lineNumber, column: columnNumber } = at;
    const place = { url, lineNumber, columnNumber, condition: conditionAt(at) };
    try {
      const { breakpointId } = await cdp.send('Debugger.setBreakpointByUrl', place);
      ids.push(breakpointId);
    } catch (error) {
      for (const breakpointId of ids) await cdp.send('Debugger.removeBreakpoint', { breakpointId });
      if (!(error instanceof CdpError) || !/already exists/.test(error.message)) throw error;
      throw new Error('another breakpoint stands at the same place');
    }
  }
  return ids;
}

/** V8 takes a condition that does not compile as one that is never met. */
async function checkSyntax(cdp: Cdp, expression: string): Promise<void> {
  const { exceptionDetails } = await cdp.send('Runtime.compileScript', {
    expression,
    sourceURL: '',
    persistScript: false,
  });
  const text = exceptionDetails?.exception?.description?.split('\n')[0];
  if (text !== undefined) throw new Error(`the condition does not compile: ${text}`);
}

function positionOf({ source }: BreakLocation, asked: DebugProtocol.SourceBreakpoint) {
  const { line, column } = source;
  return asked.column === undefined ? { line } : { line, column };
}

function unverified(
  id: number,
  reason: 'pending' | 'failed',
  message: string,
): DebugProtocol.Breakpoint {
  return { id, verified: false, message, reason };
}
