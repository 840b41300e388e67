import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { parse } from 'acorn';
import type { Scope, Variable } from 'eslint-scope';
import { type Bundle, scopesOf } from '../../../program/index.ts';

/** A variable of the script as its source declares it. */
export interface SourceVariable {
  readonly file: string;
  /** Its name in `file`; absent for what the bundler added there. */
  readonly name: string | undefined;
  /** The text of the source from the declaration on. */
  readonly text: string;
}

/** A position in the script, counted from 0. */
export interface ScriptPlace {
  readonly lineNumber: number;
  readonly columnNumber?: number | undefined;
}

/** The variables of the script by scope, each with its name in the source. */
export class ScriptVariables {
  /** The scope of the function that the bundle is: where the top levels of all modules meet. */
  readonly outermost: Scope | undefined;
  private readonly code: string;
  private readonly map: TraceMap;
  private readonly texts: readonly (string | null)[];
  private readonly lineStarts: readonly number[];
  private readonly sources = new Map<Variable, SourceVariable | undefined>();

  constructor({ code, map }: Bundle) {
    this.code = code;
    this.map = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
    this.texts = map.sourcesContent ?? [];
    this.lineStarts = lineStartsOf(code);
    this.outermost = outermostScope(code);
  }

  /** The source file of a place; `undefined` for what belongs to the bundler. */
  fileAt(place: ScriptPlace): string | undefined {
    const column = place.columnNumber ?? 0;
    return (
      originalPositionFor(this.map, { line: place.lineNumber + 1, column }).source ?? undefined
    );
  }

  /** The scopes around a place below the outermost one, from the innermost outwards. */
  innerScopes(place: ScriptPlace): readonly Scope[] {
    const at = this.offsetOf(place);
    const found: Scope[] = [];
    let scope = this.outermost;
    while (scope) {
      // A function returns at its end, which may be the beginning of what follows.
      scope = scope.childScopes.findLast(({ block }) => includes(block, at));
      if (scope) found.unshift(scope);
    }
    return found;
  }

  /** Whether `variable` names the function or class around `place`. */
  declares(variable: Variable, place: ScriptPlace): boolean {
    const at = this.offsetOf(place);
    return variable.defs.some(({ node }) => includes(node, at));
  }

  /** The name that the author knows a variable of an inner scope by. */
  nameOf(variable: Variable): string {
    return this.sourceOf(variable)?.name ?? variable.name;
  }

  /** Where a variable is declared in the sources; `undefined` for the bundler's helpers. */
  sourceOf(variable: Variable): SourceVariable | undefined {
    if (!this.sources.has(variable)) this.sources.set(variable, this.find(variable));
    return this.sources.get(variable);
  }

  private find({ identifiers: [identifier], name }: Variable): SourceVariable | undefined {
    if (identifier === undefined) return undefined;
    const { start } = identifier as unknown as { start: number };
    const row = this.lineStarts.findLastIndex((each) => each <= start);
    const column = start - (this.lineStarts[row] ?? 0);
    const found = originalPositionFor(this.map, { line: row + 1, column });
    if (found.source === null) return undefined;
    const whole = this.texts[this.map.sources.indexOf(found.source)] ?? '';
    const text = whole
      .split('\n')
      .slice(found.line - 1)
      .join('\n')
      .slice(found.column);
    const original = [found.name, name].find((each) => each && startsWithName(text, each));
    return { file: found.source, name: original ?? undefined, text };
  }

  private offsetOf({ lineNumber, columnNumber = 0 }: ScriptPlace): number {
    return (this.lineStarts[lineNumber] ?? this.code.length) + columnNumber;
  }
}

function outermostScope(code: string): Scope | undefined {
  try {
    const tree = parse(code, { ecmaVersion: 'latest', ranges: true });
    return scopesOf(tree).globalScope?.childScopes[0];
  } catch {
    // V8 reports the error when the program is loaded.
    return undefined;
  }
}

function includes(node: unknown, at: number): boolean {
  const { start, end } = node as { readonly start: number; readonly end: number };
  return start <= at && at <= end;
}

function startsWithName(text: string, name: string): boolean {
  return text.startsWith(name) && !/^[\p{ID_Continue}$]/u.test(text.slice(name.length));
}

function lineStartsOf(code: string): readonly number[] {
  return [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
