import type { NodeKind } from '../../runtime/index.ts';
import type { ViewRef } from '../agent/index.ts';
import { matchesOfPattern } from '../breakpoints/model-name.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Session } from '../session/session.ts';

/** What a command answers: a text, and what unfolds below it. */
export interface CommandOutput {
  readonly text: string;
  readonly children?: ViewRef;
}

/** Something to be put at the place of the argument that is being typed. */
export interface Suggestion {
  readonly label: string;
  /** What is inserted, where that is not the label. */
  readonly text?: string;
}

/** One command of the Debug Console. */
export interface Command {
  /** How it is written: `.crash TARGET [POINT] [N]`. */
  readonly usage: string;
  readonly description: string;
  run(session: Session, args: readonly string[]): Promise<CommandOutput> | CommandOutput;
  /** What may stand as the argument with this 0-based index. */
  suggest?(session: Session, at: number): Promise<readonly Suggestion[]> | readonly Suggestion[];
}

/** The paths of all launched elements of some kinds. */
export function elementsOf(session: Session, kinds: readonly NodeKind[]): readonly string[] {
  const nodes = session.topology?.nodes ?? [];
  return nodes.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => path);
}

/** The one of `paths` that is called `name`, by its whole path or the end of it. */
export function pathNamed(name: string, paths: readonly string[], what: string): string {
  const found = paths.includes(name) ? [name] : matchesOfPattern(name, paths);
  const [path] = found;
  if (path === undefined) {
    const known = paths.length > 0 ? `known: ${paths.join(', ')}` : `there is none`;
    throw new AdapterError('UNKNOWN_TARGET', `no ${what} is called '${name}'; ${known}`);
  }
  if (found.length > 1) {
    throw new AdapterError('UNKNOWN_TARGET', `'${name}' may be ${found.join(' or ')}`);
  }
  return path;
}

/** A whole number among a command's arguments. */
export function wholeNumber(text: string, what: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new AdapterError('BAD_REQUEST', `${what} is to be a whole number from ${least} on`);
}
