import type { Protocol } from 'devtools-protocol';
import { PROGRAM_URL, type SourcePosition } from '../../program/index.ts';
import type { Cdp } from '../v8/cdp.ts';
import type { ProgramImage } from '../v8/script/program-image.ts';
import type { ScriptSyntax } from '../v8/script/script-syntax.ts';
import type { Sources } from '../v8/script/sources.ts';

/** A place where V8 can stop, in the script and in the author's file. */
export interface BreakLocation {
  /** In the script, counted from 0. */
  readonly line: number;
  readonly column: number;
  readonly source: SourcePosition;
  /** The functions around it, outermost first. */
  readonly functions: readonly EnclosingFunction[];
  /** The place where a function returns, which is no statement of its own. */
  readonly isReturn: boolean;
  /** What V8 steps over as one here. */
  readonly unit: string;
}

interface EnclosingFunction {
  /** Identifies it. */
  readonly start: number;
  /** It does nothing but return another function, as the `ctx =>` of a handler. */
  readonly isCurried: boolean;
}

/** Every place where the program can be stopped, file by file. */
export class BreakLocations {
  private readonly byFile = new Map<string, readonly BreakLocation[]>();

  private constructor(places: readonly BreakLocation[]) {
    const files = new Set(places.map(({ source }) => source.file));
    for (const file of files) {
      const own = places.filter(({ source }) => source.file === file);
      this.byFile.set(
        file,
        own.sort((a, b) => compare(a.source, b.source)),
      );
    }
  }

  /** Compiles the program, without running it, to learn of its places before it is loaded. */
  static async find(cdp: Cdp, { sources, syntax }: ProgramImage): Promise<BreakLocations> {
    const { scriptId } = await cdp.send('Runtime.compileScript', {
      expression: sources.bundle.code,
      sourceURL: PROGRAM_URL,
      persistScript: true,
    });
    if (scriptId === undefined) return new BreakLocations([]);
    const { locations } = await cdp.send('Debugger.getPossibleBreakpoints', {
      start: { scriptId, lineNumber: 0, columnNumber: 0 },
    });
    return new BreakLocations(locations.flatMap((each) => placeOf(each, sources, syntax) ?? []));
  }

  /** Where a breakpoint on `line` stops; on the next line that has a place, if that has none. */
  onLine(file: string, line: number): readonly BreakLocation[] {
    const all = this.of(file);
    const first = all
      .map(({ source }) => source.line)
      .filter((each) => each >= line)
      .reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
    return handlersFirst(
      all.filter(({ source }) => source.line === first),
      all,
    );
  }

  /** Where a breakpoint at `column` of `line` stops: there, or at the next place of the line. */
  atColumn(file: string, line: number, column: number): readonly BreakLocation[] {
    const places = this.of(file).filter(({ source }) => source.line === line);
    const found = places.find(({ source }) => source.column >= column) ?? places.at(-1);
    return found ? [found] : this.onLine(file, line);
  }

  /** The places from one position to another, both included. */
  between(start: SourcePosition, end: Omit<SourcePosition, 'file'>): readonly BreakLocation[] {
    return this.of(start.file).filter(
      ({ source, isReturn }) =>
        !isReturn && compare(source, start) >= 0 && compare(source, end) <= 0,
    );
  }

  /** The places of the functions that start there. */
  within(functions: ReadonlySet<number>): readonly BreakLocation[] {
    const isWithin = (place: BreakLocation) => functions.has(place.functions.at(-1)?.start ?? -1);
    return [...this.byFile.values()].flatMap((places) => places.filter(isWithin));
  }

  /** In order of their positions in the file. */
  private of(file: string): readonly BreakLocation[] {
    return this.byFile.get(file) ?? [];
  }
}

/**
 * On a line that builds part of an app, as `.map(ctx => x => x + 1)`, the handlers are meant, not
 * the call that is made once while the program loads; of a handler that spans further lines,
 * what stands of it on this one.
 */
function handlersFirst(
  onLine: readonly BreakLocation[],
  inFile: readonly BreakLocation[],
): readonly BreakLocation[] {
  const [first] = onLine;
  if (!first) return [];
  const outermost = Math.min(...inFile.map(({ functions }) => functions.length));
  if (first.functions.length > outermost) return [first];
  const inFunctions = onLine.filter(({ functions }) => functions.length > outermost);
  const inHandlers = inFunctions.filter(({ functions }) => {
    const own = functions.slice(outermost);
    return own.every(({ isCurried }, at) => isCurried === at < own.length - 1);
  });
  const meant = inHandlers.length > 0 ? inHandlers : inFunctions.slice(0, 1);
  const seen = new Set<number | undefined>();
  const firstOfEach = meant.filter(({ functions }) => {
    const own = functions.at(-1)?.start;
    return seen.has(own) ? false : seen.add(own);
  });
  return firstOfEach.length > 0 ? firstOfEach : [first];
}

function placeOf(
  { lineNumber, columnNumber = 0, type }: Protocol.Debugger.BreakLocation,
  sources: Sources,
  syntax: ScriptSyntax,
): BreakLocation | undefined {
  const source = sources.ofLocation({ lineNumber, columnNumber });
  if (!source || !sources.hasCodeAt(source)) return undefined;
  const functions = syntax.functionsAround({ lineNumber, columnNumber }).map((start) => {
    return { start, isCurried: syntax.isCurried(start) };
  });
  const isReturn = type === 'return';
  const unit = isReturn ? 'return' : String(syntax.unitAt({ lineNumber, columnNumber }));
  return { line: lineNumber, column: columnNumber, source, functions, isReturn, unit };
}

type InFile = Omit<SourcePosition, 'file'>;

function compare(a: InFile, b: InFile): number {
  return a.line - b.line || a.column - b.column;
}
