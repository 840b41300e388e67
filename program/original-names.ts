import { decodedMappings, encodedMappings, TraceMap } from '@jridgewell/trace-mapping';
import { type AnyNode, type Pattern, parse } from 'acorn';
import type { SourceMap } from './positions.ts';

/** A use of a variable that the bundler has given another name. */
interface Renamed {
  /** From 0. */
  readonly line: number;
  readonly column: number;
  readonly now: string;
  readonly was: string;
}

type Segment = readonly [number, ...number[]];

/** What the bundled function is given; a variable of such a name has to make way. */
const RESERVED: ReadonlySet<string> = new Set(['PortalsJS', 'module', 'exports', 'require']);

const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

/**
 * Gives variables their own names back. The bundler renames each one that hides another, as the
 * `ctx` of a continuation hides its handler's; a debugger would then show a name that no author has
 * written, and find the hidden variable under the author's. Where only one file went in, what
 * results are the author's own scopes. Variables of the outermost scope keep what the bundler has
 * chosen, and so does what would come to hide one of another file.
 */
export function withOriginalNames(code: string, map: SourceMap): { code: string; map: SourceMap } {
  const lines = code.split('\n');
  const traced = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
  const segments = decodedMappings(traced) as readonly (readonly Segment[])[];
  const renamed = renamedIn(lines, segments, map.names);
  if (renamed.length === 0) return { code, map };
  const restored = restorable(renamed, outermostNames(code), map.sources.length > 1);
  const usesOn = (line: number) => restored.filter((use) => use.line === line);
  const touched = new Set(restored.map(({ line }) => line));
  const mappings = segments.map((all, line) =>
    touched.has(line) ? moved(all, usesOn(line)) : all,
  );
  for (const line of touched) lines[line] = renamedBack(lines[line] ?? '', usesOn(line));
  const decoded = { ...map, mappings } as unknown as ConstructorParameters<typeof TraceMap>[0];
  return {
    code: lines.join('\n'),
    map: { ...map, mappings: encodedMappings(new TraceMap(decoded)) },
  };
}

/** The source map names a variable where it is not called as in the source. */
function renamedIn(
  lines: readonly string[],
  segments: readonly (readonly Segment[])[],
  names: readonly string[],
): Renamed[] {
  return segments.flatMap((all, line) =>
    all.flatMap(([column, , , , name]): Renamed[] => {
      const was = name === undefined ? undefined : names[name];
      if (was === undefined) return [];
      IDENTIFIER.lastIndex = column;
      const [now] = IDENTIFIER.exec(lines[line] ?? '') ?? [];
      return now === undefined || now === was ? [] : [{ line, column, now, was }];
    }),
  );
}

/** Those of them whose own names mean in the script what they mean in the source. */
function restorable(
  renamed: readonly Renamed[],
  outermost: ReadonlySet<string>,
  severalFiles: boolean,
): readonly Renamed[] {
  const mayReturn = ({ now, was }: Renamed) =>
    !outermost.has(now) && !RESERVED.has(was) && !(severalFiles && outermost.has(was));
  let kept = renamed.filter((use) => !mayReturn(use));
  let restored = renamed.filter(mayReturn);
  // What keeps its new name must not be hidden by a variable that is called so by its author.
  for (;;) {
    const taken = new Set(kept.map(({ now }) => now));
    const stays = restored.filter(({ was }) => taken.has(was));
    if (stays.length === 0) return restored;
    kept = [...kept, ...stays];
    restored = restored.filter((use) => !stays.includes(use));
  }
}

/** The names declared in the function that the bundle is. */
function outermostNames(code: string): ReadonlySet<string> {
  const [statement] = parse(code, { ecmaVersion: 'latest' }).body;
  const main = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const body = main?.type === 'FunctionExpression' ? main.body.body : [];
  return new Set(body.flatMap(declaredBy));
}

function declaredBy(statement: AnyNode): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => namesIn(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id ? [statement.id.name] : [];
    default:
      return [];
  }
}

function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'MemberExpression':
      return [];
  }
}

function renamedBack(line: string, uses: readonly Renamed[]): string {
  let text = '';
  let end = 0;
  for (const { column, now, was } of uses) {
    text += line.slice(end, column) + was;
    end = column + now.length;
  }
  return text + line.slice(end);
}

/** What follows a name that has become shorter stands further left. */
function moved(segments: readonly Segment[], uses: readonly Renamed[]): Segment[] {
  return segments.map(([column, ...rest]) => {
    const before = uses.filter((use) => use.column < column);
    const shift = before.reduce((sum, { now, was }) => sum + was.length - now.length, 0);
    return [column + shift, ...rest];
  });
}
