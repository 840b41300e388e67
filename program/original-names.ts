import { readFileSync } from 'node:fs';
import { decodedMappings, encodedMappings, TraceMap } from '@jridgewell/trace-mapping';
import { type Program, parse } from 'acorn';
import { simple } from 'acorn-walk';
import MagicString from 'magic-string';
import type { SourceMap } from './positions.ts';
import { freeNames, groupsOf, type Renaming, safeRenamings, scopesOf } from './scopes.ts';

/** Column in the script, then source, line and column there, then the name in the source. */
type Segment = readonly [number, number?, number?, number?, number?];

/**
 * Restores the names of local variables that the bundler renamed because they hide another
 * variable, as the `ctx` of a continuation hides its handler's; the debugger would otherwise show
 * `ctx2`. A variable is renamed together with all its references, and only if
 * - the bundler renamed it, which appends a number: names from the source map of a dependency
 *   describe another text than the one that was bundled;
 * - it is not declared in the outermost scope, where the files of the program meet;
 * - every reference in the script still resolves to the same variable afterwards.
 *
 * The result is discarded if it does not parse or has other free names than `code`.
 */
export function withOriginalNames(code: string, map: SourceMap): { code: string; map: SourceMap } {
  const traced = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
  const segments = decodedMappings(traced) as readonly (readonly Segment[])[];
  const originalName = originalNames(code, map, segments);
  const tree = originalName && parsed(code);
  if (originalName === undefined || tree === undefined) return { code, map };
  const scopes = scopesOf(tree);
  const renamings = safeRenamings(scopes, renamingsOf(scopes, originalName, shorthands(tree)));
  if (renamings.length === 0) return { code, map };
  const edits = renamings.flatMap(({ starts, from, to }) =>
    starts.map((start): Edit => ({ start, length: from.length, text: to })),
  );
  const text = new MagicString(code);
  for (const { start, length, text: name } of edits) text.update(start, start + length, name);
  const renamed = text.toString();
  if (!hasFreeNames(renamed, freeNames(scopes))) return { code, map };
  const mappings = shiftSegments(code, segments, edits);
  const decoded = { ...map, mappings } as unknown as ConstructorParameters<typeof TraceMap>[0];
  return { code: renamed, map: { ...map, mappings: encodedMappings(new TraceMap(decoded)) } };
}

interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** Gives the source's name of the identifier at an offset, if the bundler renamed it. */
type OriginalName = (name: string, offset: number) => string | undefined;

/** `undefined` if no identifier of the script was renamed. */
function originalNames(
  code: string,
  map: SourceMap,
  segments: readonly (readonly Segment[])[],
): OriginalName | undefined {
  const names = new Map<number, string>();
  const isBundled = bundledSources(map);
  const starts = lineStarts(code);
  for (const [line, all] of segments.entries()) {
    for (const [column, source, , , name] of all) {
      if (name === undefined || source === undefined || !isBundled(source)) continue;
      const offset = (starts[line] ?? 0) + column;
      const original = map.names[name] ?? '';
      if (isRenamed(code, offset, original)) names.set(offset, original);
    }
  }
  if (names.size === 0) return undefined;
  return (name, offset) => {
    const original = names.get(offset);
    if (original === undefined || !name.startsWith(original)) return undefined;
    return APPENDED.test(name.slice(original.length)) ? original : undefined;
  };
}

/** What the bundler appends to a name that hides another. */
const APPENDED = /^[1-9]\d*$/;

/** Whether the script has `original` and a number there. Most scripts have no such place. */
function isRenamed(code: string, offset: number, original: string): boolean {
  if (original === '' || !code.startsWith(original, offset)) return false;
  const next = code.charCodeAt(offset + original.length);
  return next >= DIGIT_ONE && next <= DIGIT_NINE;
}

const DIGIT_ONE = '1'.charCodeAt(0);
const DIGIT_NINE = '9'.charCodeAt(0);

/**
 * Whether the source of that index is a file as it was bundled: a dependency's own source map
 * names other files, or the same file with another text.
 */
function bundledSources({ sources, sourcesContent }: SourceMap): (index: number) => boolean {
  const known = new Map<number, boolean>();
  return (index) => {
    let bundled = known.get(index);
    if (bundled === undefined) {
      bundled = textOf(sources[index]) === sourcesContent?.[index];
      known.set(index, bundled);
    }
    return bundled;
  };
}

function textOf(file: string | null | undefined): string | undefined {
  try {
    // As esbuild reads files: without a byte order mark.
    return readFileSync(file ?? '', 'utf8').replace(/^\ufeff/, '');
  } catch {
    // A source map may name files that do not exist.
    return undefined;
  }
}

/** The variables, below the outermost scope, that the bundler renamed at each of their uses. */
function renamingsOf(
  scopes: ReturnType<typeof scopesOf>,
  originalName: OriginalName,
  shorthand: ReadonlySet<number>,
): readonly Renaming[] {
  return groupsOf(scopes).flatMap((group): Renaming[] => {
    const originals = group.starts.map((start) => originalName(group.name, start));
    const named = new Set(originals.filter((name) => name !== undefined));
    const [to] = named;
    if (to === undefined || named.size > 1) return [];
    if (group.starts.some((start) => shorthand.has(start))) return [];
    return [{ ...group, from: group.name, to }];
  });
}

/** Where a name is both a property's and a variable's, as in `{ name }`. */
function shorthands(tree: Program): ReadonlySet<number> {
  const starts = new Set<number>();
  simple(tree, {
    Property: ({ shorthand, start }) => void (shorthand && starts.add(start)),
    ObjectPattern: ({ properties }) => {
      for (const each of properties) {
        if (each.type === 'Property' && each.shorthand) starts.add(each.start);
      }
    },
  });
  return starts;
}

function hasFreeNames(code: string, expected: readonly string[]): boolean {
  const tree = parsed(code);
  return tree !== undefined && freeNames(scopesOf(tree)).join() === expected.join();
}

function parsed(code: string): Program | undefined {
  try {
    return parse(code, { ecmaVersion: 'latest', ranges: true });
  } catch {
    // V8 reports the error when the program is loaded.
    return undefined;
  }
}

function lineStarts(code: string): readonly number[] {
  const starts = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Text after a name that became shorter moves to the left, on the same line. */
function shiftSegments(
  code: string,
  segments: readonly (readonly Segment[])[],
  edits: readonly Edit[],
): readonly (readonly Segment[])[] {
  const starts = lineStarts(code);
  const sorted = [...edits].sort((one, other) => one.start - other.start);
  let next = 0;
  return segments.map((all, line) => {
    const end = starts[line + 1] ?? code.length + 1;
    const own: Edit[] = [];
    for (let edit = sorted[next]; edit && edit.start < end; edit = sorted[next]) {
      own.push(edit);
      next += 1;
    }
    return own.length === 0 ? all : all.map((segment) => shifted(segment, starts[line] ?? 0, own));
  });
}

function shifted([column, ...rest]: Segment, lineStart: number, edits: readonly Edit[]): Segment {
  let shift = 0;
  for (const { start, length, text } of edits) {
    if (start < lineStart + column) shift += text.length - length;
  }
  return [column + shift, ...rest];
}
