import { html } from '../panel/dom.ts';
import { type Action, BOLT, GLYPH_NAMES, GLYPHS } from './chart/glyphs.ts';

/** Explains the shapes of the timeline. */
export function createLegend(): HTMLElement {
  const steps = (Object.keys(GLYPHS) as Action[]).map((action) =>
    entry(`step ${action}`, GLYPHS[action], `A unit ${GLYPH_NAMES[action]}`),
  );
  const more = [
    entry('bolt', BOLT, 'Crashed in this step and recovered'),
    entry('link requests', 'M0,-9 V9', 'Requests: from the asker to the replier'),
    entry('link replies', 'M0,-9 V9', 'Replies: from the replier to the asker'),
    entry('step atom future', GLYPHS.atom, 'Recorded, after the current position'),
    entry('present', 'M0,-9 V9', 'Current position'),
  ];
  const element = html('aside', 'legend', html('ul', '', ...steps, ...more));
  element.setAttribute('aria-label', 'Legend');
  // Scrolls if the panel is low.
  element.tabIndex = 0;
  return element;
}

function entry(className: string, d: string, text: string): HTMLElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'timeline sample');
  svg.setAttribute('viewBox', '-10 -10 20 20');
  svg.setAttribute('width', '20');
  svg.setAttribute('height', '20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('class', className);
  path.setAttribute('d', d);
  svg.append(path);
  return html('li', '', svg, html('span', '', text));
}
