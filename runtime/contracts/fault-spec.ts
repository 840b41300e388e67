import type { Path } from './paths.ts';
import { type Fault, PROTOCOL_POINTS, type ProtocolPoint } from './protocol.ts';

const SPEC = /^([a-z]+):(\/[^@]*)@([^#]+)(?:#(\d+))?$/;

/**
 * Reads `crash:TARGET@POINT#N`, as in `crash:/shop/workflows/cart@pre-commit#3`; `#1` may be left
 * out, and `pre-commit` alone means `pre-commit(output)`, the first of the two.
 *
 * @throws Error that says which part is wrong and what is accepted.
 */
export function parseFault(spec: string): Fault {
  const [, kind, target, at, count] = SPEC.exec(spec) ?? [];
  if (kind === undefined || target === undefined || at === undefined) {
    throw new Error(`fault '${spec}' is not of the form crash:TARGET@POINT#N`);
  }
  if (kind !== 'crash') throw new Error(`fault '${spec}': unknown kind '${kind}'; known: crash`);
  const occurrence = count === undefined ? 1 : Number(count);
  if (occurrence < 1) throw new Error(`fault '${spec}': occurrences count from 1`);
  return { kind, target: target as Path, point: parsePoint(at, spec), occurrence };
}

/** The text that {@link parseFault} reads back. */
export function formatFault(fault: Fault): string {
  return `${fault.kind}:${fault.target}@${fault.point}#${fault.occurrence}`;
}

function parsePoint(text: string, spec: string): ProtocolPoint {
  const name = text === 'pre-commit' ? 'pre-commit(output)' : text;
  const point = PROTOCOL_POINTS.find((known) => known === name);
  if (point === undefined) {
    throw new Error(
      `fault '${spec}': unknown point '${text}'; known: ${PROTOCOL_POINTS.join(', ')}`,
    );
  }
  return point;
}
