import { relative } from 'node:path';
import {
  allGeneratedPositionsFor,
  decodedMappings,
  GREATEST_LOWER_BOUND,
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';
import type { CallSite } from '../runtime/index.ts';
import { formatPosition, type SourcePosition } from './diagnostic.ts';
import { PROGRAM_URL } from './program-url.ts';

/** A source map, version 3. */
export interface SourceMap {
  readonly version: 3;
  readonly file?: string;
  readonly sources: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null)[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** A position in the bundled script, from 1. */
export interface GeneratedPosition {
  readonly line: number;
  readonly column: number;
}

/** Translates between positions in the bundled script and in the author's sources. */
export class Positions {
  readonly #map: TraceMap;
  readonly #root: string;
  /** The author's files, by their names in stacks. */
  readonly #byName: ReadonlyMap<string, string>;

  /** @param root the folder that stacks name files relative to. */
  constructor(map: SourceMap, root: string) {
    this.#map = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
    this.#root = root;
    this.#byName = new Map(this.sources.map((file) => [this.#nameOf(file), file]));
  }

  /**
   * A place in the script as stacks show it to the program: the same text wherever the program
   * lies, and from whatever folder it is run. `undefined` for what the bundler added.
   */
  nameInStack(line: number, column: number): string | undefined {
    const position = this.toSource({ line, column });
    if (position === undefined) return undefined;
    return `${this.#nameOf(position.file)}:${position.line}:${position.column}`;
  }

  #nameOf(file: string): string {
    return relative(this.#root, file).replaceAll('\\', '/');
  }

  /** The absolute paths of the author's sources. */
  get sources(): readonly string[] {
    return this.#map.sources.filter((source): source is string => isAuthored(source));
  }

  /** The source position of a place in the script; `undefined` for what the bundler added. */
  toSource(at: GeneratedPosition): SourcePosition | undefined {
    const { source, line, column } = originalPositionFor(this.#map, {
      line: at.line,
      column: at.column - 1,
    });
    if (source === null || !isAuthored(source)) return undefined;
    return { file: source, line, column: column + 1 };
  }

  /** The first position of a line of the script that comes from the sources. */
  firstOfLine(line: number): SourcePosition | undefined {
    const segment = decodedMappings(this.#map)[line - 1]?.[0];
    return segment === undefined ? undefined : this.toSource({ line, column: segment[0] + 1 });
  }

  /** The source position of a call site, if it is in the program. */
  ofCallSite(site: CallSite | undefined): SourcePosition | undefined {
    return site?.url.endsWith(PROGRAM_URL) ? this.toSource(site) : undefined;
  }

  /**
   * The places in the script that come from a source position or, if none does, from the next one
   * on that line. Several, where a source was duplicated.
   */
  toGenerated(source: SourcePosition): readonly GeneratedPosition[] {
    const needle = { source: source.file, line: source.line, column: source.column - 1 };
    const all = allGeneratedPositionsFor(this.#map, { ...needle, bias: LEAST_UPPER_BOUND });
    const found = all.length > 0 ? all : [this.#nearest(needle)];
    return found.flatMap(({ line, column }) =>
      line === null || column === null ? [] : [{ line, column: column + 1 }],
    );
  }

  #nearest(needle: { source: string; line: number; column: number }) {
    return generatedPositionFor(this.#map, { ...needle, bias: GREATEST_LOWER_BOUND });
  }

  /**
   * The author's frames of a stack text, innermost first, as `at NAME (file:line:col)`: frames of
   * the platform are dropped.
   */
  frames(stack: string, directory?: string): string[] {
    return stack.split('\n').flatMap((line) => this.#frame(line, directory) ?? []);
  }

  /**
   * A text that may contain stack traces, with the author's files as absolute paths, to which
   * editors can link. Other text stays as it is.
   */
  linked(text: string): string {
    if (!text.includes('\n')) return text;
    return text.replace(ANY_FRAME, (line) => {
      const frame = this.#frame(line, undefined);
      const [indent] = /^\s*/.exec(line) ?? [''];
      return frame === undefined ? line : indent + frame + (line.endsWith(' {') ? ' {' : '');
    });
  }

  /** The innermost position of a stack text that is in the author's sources. */
  ofStack(stack: string): SourcePosition | undefined {
    for (const line of stack.split('\n')) {
      const position = this.#positionOfFrame(line);
      if (position !== undefined) return position;
    }
    return undefined;
  }

  /** The same, of a stack text that the realm has not mapped: of an error of the host. */
  ofUnmappedStack(stack: string): SourcePosition | undefined {
    for (const [, line, column] of stack.matchAll(SCRIPT_FRAME)) {
      const position = this.toSource({ line: Number(line), column: Number(column) });
      if (position !== undefined) return position;
    }
    return undefined;
  }

  #positionOfFrame(frame: string): SourcePosition | undefined {
    return this.#partsOf(frame)?.position;
  }

  #frame(line: string, directory: string | undefined): string | undefined {
    const parts = this.#partsOf(line);
    if (parts === undefined) return undefined;
    const place = formatPosition(parts.position, directory);
    return parts.name === '' ? `at ${place}` : `at ${parts.name} (${place})`;
  }

  /** The function's name and the position of a frame; files may have parentheses, too. */
  #partsOf(
    frame: string,
  ): { readonly name: string; readonly position: SourcePosition } | undefined {
    const [, text = '', line, column] = FRAME.exec(frame) ?? [];
    for (let start = 0; ; start = text.indexOf(' (', start) + 2) {
      const file = this.#byName.get(text.slice(start));
      if (file !== undefined) {
        const position = { file, line: Number(line), column: Number(column) };
        return { name: text.slice(0, Math.max(0, start - 2)), position };
      }
      if (!text.includes(' (', start)) return undefined;
    }
  }
}

const FRAME = /^\s+at (.+):(\d+):(\d+)\)?(?: \{)?$/;
const SCRIPT_FRAME = new RegExp(`${PROGRAM_URL.replaceAll('.', '\\.')}:(\\d+):(\\d+)`, 'g');
const ANY_FRAME = /^\s+at .*:\d+:\d+\)?(?: \{)?$/gm;

function isAuthored(source: string | null): boolean {
  return source !== null && !source.startsWith('portals:');
}
