import type { Path } from './paths.ts';
import { PROTOCOL_POINTS, type ProtocolPoint } from './protocol-points.ts';

/**
 * A crash to inject: the unit (workflow, sequencer, splitter or generator, or a task for
 * `process`) at `target` crashes the `occurrence`-th time (1-based) it passes `point`. Plain data:
 * code passes the object along, and only user interfaces and traces format it.
 */
export interface Fault {
  readonly kind: 'crash';
  readonly target: Path;
  readonly point: ProtocolPoint;
  readonly occurrence: number;
}

/** Whether `value` is a fault: checks what another process has sent, or a file contains. */
export function isFault(value: unknown): value is Fault {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, target, point, occurrence } = value as Readonly<Record<string, unknown>>;
  return (
    kind === 'crash' &&
    typeof target === 'string' &&
    target.startsWith('/') &&
    PROTOCOL_POINTS.some((known) => known === point) &&
    Number.isSafeInteger(occurrence) &&
    Number(occurrence) >= 1
  );
}

/**
 * The fault at `target`, with the defaults of {@link parseFault}.
 *
 * @throws Error that names the wrong part and lists what is accepted.
 */
export function crashAt(target: Path, at: string = 'process', occurrence = 1): Fault {
  const spec = `crash:${target}@${at}#${occurrence}`;
  if (!Number.isSafeInteger(occurrence) || occurrence < 1) {
    throw new Error(`fault '${spec}': occurrences count from 1`);
  }
  return { kind: 'crash', target, point: parsePoint(at, spec), occurrence };
}

const SPEC = /^([a-z]+):(\/[^@]*)@([^#]+)(?:#(\d+))?$/;

/**
 * Parses `crash:TARGET@POINT#N`, as in `crash:/shop/workflows/cart@pre-commit#3`. `#1` is the
 * default, and `pre-commit` alone means `pre-commit(output)`, the first of the two points.
 *
 * @throws Error that names the wrong part and lists what is accepted.
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

/** The text that {@link parseFault} parses. */
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
