import type { Layer } from '../../panel/dom.ts';
import type { Density, Lane } from '../messages.ts';
import type { Row, Rows } from './rows.ts';
import type { Scale } from './scale.ts';

const CRASH_MARK = 'M0,1 l3,6 h-6 Z';

/** Height below the lanes for crash marks. */
export const CRASH_RAIL = 9;

/** Draws each unit's share of the steps per bin: one path per lane and tile. */
export function drawDensity(
  layer: Layer,
  densities: readonly Density[],
  rows: Rows,
  scale: Scale,
): void {
  const lanes = rows.rows.filter((row) => row.kind === 'lane');
  const shapes = densities.flatMap((density) =>
    lanes.flatMap((row) => {
      const counts = density.lanes[row.lane.path];
      return counts === undefined ? [] : [{ density, row, d: barsOf(counts, density, row, scale) }];
    }),
  );
  layer
    .selectAll<SVGPathElement, (typeof shapes)[number]>('path.density')
    .data(shapes, ({ density, row }) => `${density.start} ${row.lane.path}`)
    .join('path')
    .attr('class', ({ row }) => `density ${row.lane.kind}`)
    .attr('d', ({ d }) => d);
  const crashes = densities.flatMap(({ start, binSize, crashes: counts }) =>
    counts.flatMap((count, bin) => (count > 0 ? [{ step: start + bin * binSize, binSize }] : [])),
  );
  layer
    .selectAll<SVGPathElement, (typeof crashes)[number]>('path.crash-bin')
    .data(crashes, ({ step }) => step)
    .join((enter) => {
      const path = enter.append('path');
      path.append('title').text('Crashed here and recovered');
      return path;
    })
    .attr('class', 'crash-bin')
    .attr('d', CRASH_MARK)
    .attr('transform', ({ step, binSize }) => {
      return `translate(${scale.x(step + binSize / 2)},${rows.height})`;
    });
}

type LaneRow = Extract<Row, { readonly kind: 'lane' }> & { readonly lane: Lane };

function barsOf(
  counts: readonly number[],
  { start, binSize }: Density,
  { y, height }: LaneRow,
  scale: Scale,
): string {
  const base = y + height - 2;
  const available = height - 4;
  const width = binSize * scale.stepWidth;
  let d = '';
  counts.forEach((count, bin) => {
    const x = scale.x(start + bin * binSize);
    if (count === 0 || x + width < 0 || x > scale.width) return;
    // The square root keeps small shares visible where there are many units.
    const high = Math.max(2, Math.sqrt(Math.min(1, count / binSize)) * available);
    d += `M${round(x)},${base}v${round(-high)}h${round(Math.max(1, width - 0.5))}v${round(high)}Z`;
  });
  return d;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
