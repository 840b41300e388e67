import { ICONS } from '../../../layout/drawing/index.ts';
import { nameOf } from '../../panel/choice-label.ts';
import { html } from '../../panel/dom.ts';
import type { Row, Rows } from './rows.ts';

/** Shows the label of each row. */
export function showLabels(element: HTMLElement, { rows, height }: Rows): void {
  element.style.height = `${height}px`;
  element.replaceChildren(...rows.map(labelOf));
}

function labelOf(row: Row): HTMLElement {
  const isLane = row.kind === 'lane';
  const path = isLane ? row.lane.path : row.path;
  const name = html('span', 'lane-name', isLane ? row.lane.name : nameOf(path));
  const label = html('div', isLane ? `lane-label ${row.lane.kind}` : 'application-label', name);
  if (isLane) label.prepend(icon(row.lane.kind));
  label.title = isLane ? `${row.lane.kind} ${path}` : `application ${path}`;
  label.style.height = `${row.height}px`;
  return label;
}

function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'lane-icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
