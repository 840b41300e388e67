import { type EmptyStateContent, noSessionContent, problemContent } from '../panel/empty-state.ts';
import type { PanelSession } from '../panel/messages.ts';
import { GLYPHS } from './chart/glyphs.ts';

/** What the panel has received of the session. */
interface Received {
  readonly hasLanes: boolean;
  readonly hasStatus: boolean;
}

/** The empty state of the timeline, or `undefined` if there is a timeline to show. */
export function emptyStateContent(
  session: PanelSession,
  { hasLanes, hasStatus }: Received,
): EmptyStateContent | undefined {
  if (session.problem !== undefined) return problemContent('The timeline cannot be shown', session);
  if (session.state === 'none') {
    return noSessionContent(
      'The timeline shows every step of a running app by unit: requests, replies, crashes and ' +
        'the current position. Click a step to go there, backward or forward.',
    );
  }
  if (hasLanes) return undefined;
  if (session.state === 'ended') {
    return {
      title: 'The session has ended',
      text: ['The program did not launch an application.'],
      buttons: [['again', 'Run Again']],
    };
  }
  // The status of a running session is about to arrive.
  if (session.state === 'running' && !hasStatus) return undefined;
  return {
    title: session.state === 'running' ? 'No application launched yet' : 'The app is starting',
    text: ['The timeline starts when the program launches an application.'],
    buttons: [],
  };
}

const SVG = 'http://www.w3.org/2000/svg';

/** Illustrates a timeline: two lanes with a few steps. */
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
