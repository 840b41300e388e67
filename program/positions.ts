import {
  allGeneratedPositionsFor,
  decodedMappings,
  GREATEST_LOWER_BOUND,
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';
import { type CallSite, RUNTIME_URL } from '../runtime/index.ts';
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

  constructor(map: SourceMap) {
    this.#map = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
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
   * the runtime, the host and the platform are dropped.
   */
  frames(stack: string, directory?: string): string[] {
    return stack.split('\n').flatMap((line) => this.#frame(line, directory) ?? []);
  }

  /**
   * A text that may contain stack traces, with their frames put into the author's sources and all
   * other frames dropped. Other text stays as it is.
   */
  rewrite(text: string, directory?: string): string {
    if (!text.includes(PROGRAM_URL) && !text.includes(RUNTIME_URL)) return text;
    return text
      .split('\n')
      .flatMap((line) => {
        if (!FRAME.test(line)) return [line];
        const frame = this.#frame(line, directory);
        return frame === undefined ? [] : [`    ${frame}`];
      })
      .join('\n');
  }

  /** The innermost position of a stack text that is in the author's sources. */
  ofStack(stack: string): SourcePosition | undefined {
    for (const line of stack.split('\n')) {
      const position = this.#positionOfFrame(line);
      if (position !== undefined) return position;
    }
    return undefined;
  }

  #positionOfFrame(line: string): SourcePosition | undefined {
    const [, row, column] = PROGRAM_FRAME.exec(line) ?? [];
    if (row === undefined || column === undefined || !FRAME.test(line)) return undefined;
    return this.toSource({ line: Number(row), column: Number(column) });
  }

  #frame(line: string, directory: string | undefined): string | undefined {
    const position = this.#positionOfFrame(line);
    if (position === undefined) return undefined;
    const place = formatPosition(position, directory);
    const name = NAMED_FRAME.exec(line)?.[1];
    return name === undefined ? `at ${place}` : `at ${name} (${place})`;
  }
}

const FRAME = /^\s+at .*(?::\d+:\d+\)?|\(<anonymous>\)|\(index \d+\)|\(native\))$/;
const PROGRAM_FRAME = new RegExp(`${PROGRAM_URL.replaceAll('.', '\\.')}:(\\d+):(\\d+)\\)?$`);
const NAMED_FRAME = /^\s+at (.+) \(.*\)$/;

function isAuthored(source: string | null): boolean {
  return source !== null && !source.startsWith('portals:');
}
