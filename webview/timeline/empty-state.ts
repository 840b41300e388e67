import { type BlankContent, nothingRuns, problemWith } from '../panel/empty-state.ts';
import type { PanelSession } from '../panel/messages.ts';
import { GLYPHS } from './chart/glyphs.ts';

/** What stands in place of the timeline; nothing where there is one to show. */
export function blankContent(session: PanelSession, hasLanes: boolean): BlankContent | undefined {
  if (session.problem !== undefined) return problemWith('The timeline cannot be shown', session);
  if (session.state === 'none') {
    return nothingRuns(
      'The timeline shows every step a running app has made, unit by unit: what was asked and ' +
        'answered, where it crashed, and where it stands. A click goes to a step, back or forth.',
    );
  }
  if (hasLanes) return undefined;
  if (session.state === 'ended') {
    return {
      title: 'The session has ended',
      text: ['It ended before an application was launched.'],
      buttons: [['again', 'Run Again']],
    };
  }
  return {
    title: 'The app is starting',
    text: ['Its timeline begins as soon as the program has launched an application.'],
    buttons: [],
  };
}

const SVG = 'http://www.w3.org/2000/svg';

/** Two lanes with a few steps on them. */
export function sketch(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'timeline sketch');
  svg.setAttribute('viewBox', '0 0 340 48');
  svg.setAttribute('aria-hidden', 'true');
  const steps = [
    ['generate', 30, 12],
    ['atom', 80, 36],
    ['generate', 130, 12],
    ['requests', 180, 36],
    ['replies', 230, 12],
    ['atom', 290, 36],
  ] as const;
  for (const [index, [action, x, y]] of steps.entries()) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', `step ${action}${index > 3 ? ' future' : ''}`);
    path.setAttribute('d', GLYPHS[action]);
    path.setAttribute('transform', `translate(${x},${y}) scale(1.6)`);
    svg.append(path);
  }
  return svg;
}
