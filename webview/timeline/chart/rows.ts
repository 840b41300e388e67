import type { Lane } from '../messages.ts';

const LANE_HEIGHT_MIN = 15;
const LANE_HEIGHT_MAX = 44;
const HEADING_HEIGHT = 18;

/** The vertical extent of a lane or of an application heading. */
export type Row =
  | { readonly kind: 'lane'; readonly lane: Lane; readonly y: number; readonly height: number }
  | {
      readonly kind: 'application';
      readonly path: string;
      readonly y: number;
      readonly height: number;
    };

/** The rows of the timeline, from top to bottom. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
  /** The y coordinate of the middle of each unit's lane. */
  readonly middles: ReadonlyMap<string, number>;
  readonly laneHeight: number;
}

/** One row per lane, grouped by application if there are several; fills `available` pixels. */
export function rowsOf(lanes: readonly Lane[], available: number): Rows {
  const applications = [...new Set(lanes.map(({ application }) => application))];
  const headings = applications.length > 1 ? applications.length : 0;
  const share = (available - headings * HEADING_HEIGHT) / Math.max(1, lanes.length);
  const laneHeight = Math.floor(Math.max(LANE_HEIGHT_MIN, Math.min(LANE_HEIGHT_MAX, share)));
  const rows: Row[] = [];
  const middles = new Map<string, number>();
  let y = 0;
  for (const path of applications) {
    if (headings > 0) {
      rows.push({ kind: 'application', path, y, height: HEADING_HEIGHT });
      y += HEADING_HEIGHT;
    }
    for (const lane of lanes) {
      if (lane.application !== path) continue;
      rows.push({ kind: 'lane', lane, y, height: laneHeight });
      middles.set(lane.path, y + laneHeight / 2);
      y += laneHeight;
    }
  }
  return { rows, height: y, middles, laneHeight };
}
