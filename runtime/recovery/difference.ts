import { toJson } from '../format/json.ts';
import { preview } from '../format/preview.ts';

/** One thing that an attempt did, and where. */
export interface Piece {
  readonly place: string;
  readonly value: unknown;
}

/** The first thing in which two attempts differ; `nothing` where one of them did less. */
export interface Difference {
  readonly where: string;
  readonly was: string;
  readonly is: string;
}

/** The first of the pieces that differ. Of a `partial` attempt the last pieces are missing. */
export function firstDifference(
  before: readonly Piece[],
  now: readonly Piece[],
  partial: boolean,
): Difference | undefined {
  const count = partial ? before.length : Math.max(before.length, now.length);
  for (let at = 0; at < count; at++) {
    const [was, is] = [before[at], now[at]];
    if (textOf(was) === textOf(is)) continue;
    return { where: (was ?? is)?.place ?? '', was: shown(was, is), is: shown(is, was) };
  }
  return undefined;
}

/** The piece's value; its place, too, if the other attempt did something of another kind. */
function shown(piece: Piece | undefined, other: Piece | undefined): string {
  if (piece === undefined) return 'nothing';
  const value = preview(piece.value);
  return other === undefined || other.place === piece.place ? value : `${value} (${piece.place})`;
}

function textOf(piece: Piece | undefined): string {
  return piece === undefined ? '' : `${piece.place} ${JSON.stringify(toJson(piece.value))}`;
}
