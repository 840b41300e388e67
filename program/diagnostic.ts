import { relative } from 'node:path';

/** A place in the author's sources; `file` is absolute, `line` and `column` count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a program, where, and (as the end of `message`) what to do about it. */
export interface Diagnostic {
  /** Stable, e.g. `PORTALS_BUNDLE_SYNTAX`. */
  readonly code: string;
  readonly message: string;
  readonly source?: SourcePosition;
  /** The element of the app that it is about. */
  readonly path?: string;
  /** The author's frames, already mapped to the sources, innermost first. */
  readonly stack?: readonly string[];
  /** The errors that it names as its cause, or contains. */
  readonly inner?: readonly InnerDiagnostic[];
}

/** An {@link InnerError} with positions in the author's sources. */
export interface InnerDiagnostic extends Pick<Diagnostic, 'source' | 'stack' | 'inner'> {
  readonly relation: string;
  readonly message: string;
}

/** A program that cannot be brought to life, with everything known about why. */
export class ProgramError extends Error {
  readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]];

  constructor(diagnostics: readonly [Diagnostic, ...Diagnostic[]], options?: ErrorOptions) {
    super(diagnostics.map((each) => formatDiagnostic(each)).join('\n'), options);
    this.name = 'ProgramError';
    this.diagnostics = diagnostics;
  }

  get code(): string {
    return this.diagnostics[0].code;
  }
}

/** `file:line:col: CODE: path: message`, with the file relative to `directory` if that is given. */
export function formatDiagnostic(diagnostic: Diagnostic, directory?: string): string {
  const { source, code, path, message } = diagnostic;
  const where = source === undefined ? '' : `${formatPosition(source, directory)}: `;
  const element = path === undefined ? '' : `${path}: `;
  return `${where}${code}: ${element}${message}`;
}

/** `file:line:col`, the form that editors and terminals make a link of. */
export function formatPosition(source: SourcePosition, directory?: string): string {
  const file = directory === undefined ? source.file : relative(directory, source.file);
  return `${file}:${source.line}:${source.column}`;
}
