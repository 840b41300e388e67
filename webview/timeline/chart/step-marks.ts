import type { Layer } from '../../panel/dom.ts';
import type { TimelineEntry } from '../messages.ts';
import { BOLT, GLYPHS, glyphScale } from './glyphs.ts';
import type { Rows } from './rows.ts';
import type { Scale } from './scale.ts';

/** The inputs of the step marks. */
export interface MarkView {
  readonly scale: Scale;
  readonly rows: Rows;
  /** The unit that produces a stream or replies at a portal. */
  readonly sources: Readonly<Record<string, string>>;
  readonly present: number;
}

/** Draws one mark per step in the lane of its unit, and bolts for recovered crashes. */
export function drawSteps(layer: Layer, entries: readonly TimelineEntry[], view: MarkView): void {
  const { scale, present } = view;
  const size = glyphScale(scale.stepWidth);
  const placed = entries.flatMap((entry) => {
    const y = view.rows.middles.get(entry.choice.unit);
    return y === undefined ? [] : [{ entry, x: scale.x(entry.step + 0.5), y }];
  });
  layer
    .selectAll<SVGPathElement, (typeof placed)[number]>('path.step')
    .data(placed, ({ entry }) => entry.step)
    .join('path')
    .attr('class', ({ entry }) => markClass('step', entry, present))
    .attr('d', ({ entry }) => GLYPHS[entry.choice.action])
    .attr('data-step', ({ entry }) => entry.step)
    .attr('transform', ({ x, y }) => `translate(${x},${y}) scale(${size})`);
  const crashed = placed.filter(({ entry }) => entry.crashes > 0);
  layer
    .selectAll<SVGPathElement, (typeof placed)[number]>('path.bolt')
    .data(crashed, ({ entry }) => entry.step)
    .join('path')
    .attr('class', ({ entry }) => markClass('bolt', entry, present))
    .attr('d', BOLT)
    .attr('transform', ({ x, y }) => {
      return `translate(${x + 5 * size},${y - 5 * size}) scale(${size})`;
    });
}

/**
 * Draws a line from the lane that sent a batch of requests or replies to the lane that receives it.
 * An atom has a line only while it is highlighted, to keep the timeline readable.
 */
export function drawLinks(
  layer: Layer,
  entries: readonly TimelineEntry[],
  view: MarkView,
  highlighted: number | undefined,
): void {
  const links = entries.flatMap((entry) => {
    const { action, unit, input, peer } = entry.choice;
    const isPortalMessage = action === 'requests' || action === 'replies';
    if (!isPortalMessage && entry.step !== highlighted) return [];
    const source = action === 'requests' ? peer : view.sources[input ?? ''];
    const from = view.rows.middles.get(source ?? '');
    const to = view.rows.middles.get(unit);
    if (from === undefined || to === undefined || from === to) return [];
    return [{ entry, x: view.scale.x(entry.step + 0.5), from, to }];
  });
  layer
    .selectAll<SVGLineElement, (typeof links)[number]>('line')
    .data(links, ({ entry }) => entry.step)
    .join('line')
    .attr('class', ({ entry }) => markClass('link', entry, view.present))
    .attr('x1', ({ x }) => x)
    .attr('x2', ({ x }) => x)
    .attr('y1', ({ from }) => from)
    .attr('y2', ({ to }) => to);
}

function markClass(mark: string, { step, choice }: TimelineEntry, present: number): string {
  return `${mark} ${choice.action}${step >= present ? ' future' : ''}`;
}
