import type { InnerError } from '../runtime/index.ts';
import type { Diagnostic, InnerDiagnostic } from './diagnostic.ts';
import type { Positions } from './positions.ts';

/** Errors inside an error, with positions in the sources; as a part of its diagnostic. */
export function innerDiagnostics(
  inner: readonly InnerError[] | undefined,
  positions: Positions | undefined,
  directory?: string,
): Pick<Diagnostic, 'inner'> {
  if (inner === undefined || inner.length === 0) return {};
  return {
    inner: inner.map(({ relation, message, stack = '', inner: below }): InnerDiagnostic => {
      const source = positions?.ofStack(stack);
      const frames = positions?.frames(stack, directory) ?? [];
      return {
        relation,
        message,
        ...(source && { source }),
        ...(frames.length > 0 && { stack: frames }),
        ...innerDiagnostics(below, positions, directory),
      };
    }),
  };
}

/**
 * The lines below the message of an error: its frames, then the errors inside it, indented by their
 * depth.
 */
export function detailLines(
  { stack = [], inner = [] }: Pick<Diagnostic, 'stack' | 'inner'>,
  indent = '  ',
): string[] {
  const frames = stack.map((frame) => `${indent}  ${frame}`);
  const below = inner.flatMap((each) => [
    `${indent}[${each.relation}]: ${each.message.replaceAll('\n', `\n${indent}`)}`,
    ...detailLines(each, `${indent}  `),
  ]);
  return [...frames, ...below];
}
