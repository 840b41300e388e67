import { drawEdge, drawNode } from '../../layout/drawing/index.ts';
import type { LayoutNode } from '../../layout/index.ts';
import type { Path } from '../../runtime/index.ts';
import { elementOf } from '../panel/dom.ts';
import { type EmptyStateContent, noSessionContent, problemContent } from '../panel/empty-state.ts';
import type { PanelSession } from '../panel/messages.ts';

const WHEN_IT_APPEARS = 'The topology appears when the program launches an application.';

/**
 * The empty state of the topology. `drawn` is true if there is a diagram without any element.
 */
export function emptyStateContent(session: PanelSession, drawn: boolean): EmptyStateContent {
  if (session.problem !== undefined) return problemContent('The topology cannot be shown', session);
  switch (session.state) {
    case 'none':
      return noSessionContent(
        'This panel shows the workflows, streams and portals of a running app: what is in ' +
          'animation, where it stands, and what a crash does to it.',
      );
    case 'starting':
      return { title: 'The app is starting', text: [WHEN_IT_APPEARS], buttons: [] };
    case 'running':
      return drawn
        ? { title: 'No application launched yet', text: [WHEN_IT_APPEARS], buttons: [] }
        : { title: 'Drawing the topology…', text: [], buttons: [] };
    case 'ended':
      return {
        title: 'The session has ended',
        text: [
          'The program did not launch an application. It must call System().launch(app) or export ' +
            'the application it builds.',
        ],
        buttons: [['again', 'Run Again']],
      };
  }
}

/** Illustrates a topology: a generator feeds a task that asks a portal. */
export function sketch(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'topology sketch');
  svg.setAttribute('viewBox', '0 0 340 60');
  svg.setAttribute('aria-hidden', 'true');
  const [y, height] = [12, 36];
  const nodes: LayoutNode[] = [
    sketched('generator', { x: 4, y, width: 70, height }),
    sketched('task', { x: 130, y, width: 70, height }),
    sketched('portal', { x: 256, y, width: 80, height }),
  ];
  const lines = [
    { kind: 'stream', from: 75, to: 129 },
    { kind: 'request', from: 201, to: 255 },
  ] as const;
  for (const { kind, from, to } of lines) {
    const points = [from, to].map((x) => ({ x, y: 30 }));
    const none = { x: 0, y: 0, width: 0, height: 0 };
    const ends = { id: kind, from: '' as Path, to: '' as Path, tail: none, head: none };
    svg.append(elementOf(drawEdge({ kind, points, junctions: [], ...ends })));
  }
  for (const node of nodes) svg.append(elementOf(drawNode(node, 'right')));
  return svg;
}

function sketched(kind: LayoutNode['kind'], box: LayoutNode['labelBox']): LayoutNode {
  const label = { lines: [], caption: '' };
  // The icon is placed before the text; without text it belongs in the center.
  const labelBox = { ...box, x: box.x + 4 };
  return { ...box, path: '' as Path, kind, label, labelBox, parent: '' as Path, ports: [] };
}
