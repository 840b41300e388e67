import { select } from 'd3';
import { ICONS } from '../../../layout/drawing/index.ts';
import { textWidth } from '../../../layout/index.ts';
import type { Layer } from '../../panel/dom.ts';
import type { Badge } from './status-badges.ts';

const HEIGHT = 17;
const PADDING = 6;
const ICON = 11;
const FONT = { size: 10.5, bold: true };

/** Draws `badges` into `layer`; changes only what differs from the current content. */
export function showBadges(layer: Layer, badges: readonly Badge[]): void {
  layer
    .selectAll<SVGGElement, Badge>('g.badge')
    .data(badges, (badge) => badge.key)
    .join('g')
    .each(function (badge) {
      // These values determine the appearance; most badges stay the same from step to step.
      const appearance = [badge.className, badge.text, badge.at.x, badge.at.y].join(' ');
      if (this.dataset['appearance'] === appearance) return;
      this.dataset['appearance'] = appearance;
      this.dataset['target'] = badge.target;
      drawBadge(this, badge);
    });
}

function drawBadge(element: SVGGElement, badge: Badge): void {
  const icon = badge.icon === undefined ? 0 : ICON + 3;
  const struck = badge.struck === undefined ? 0 : textWidth(`${badge.struck} `, FONT);
  const width = Math.max(HEIGHT, 2 * PADDING + icon + struck + textWidth(badge.text, FONT));
  const left = { start: 0, middle: -width / 2, end: -width }[badge.anchor];
  const root = select(element)
    .attr('class', `badge ${badge.className}`)
    .attr('transform', `translate(${badge.at.x},${badge.at.y})`);
  root.selectAll('*').remove();
  root
    .append('rect')
    .attr('class', 'pill')
    .attr('x', left)
    .attr('y', -HEIGHT / 2)
    .attr('width', width)
    .attr('height', HEIGHT)
    .attr('rx', HEIGHT / 2);
  if (badge.icon !== undefined) {
    root
      .append('path')
      .attr('class', 'stroke')
      .attr('transform', `translate(${left + PADDING},${-ICON / 2}) scale(${ICON / 16})`)
      .attr('d', ICONS[badge.icon]);
  }
  const text = root
    .append('text')
    .attr('x', left + (width + icon) / 2)
    .attr('y', 3.8);
  if (badge.struck !== undefined) {
    text.append('tspan').attr('class', 'struck').text(badge.struck);
    text.append('tspan').text(` ${badge.text}`);
  } else {
    text.text(badge.text);
  }
}
