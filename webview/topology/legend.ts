import { drawEdge, drawNode, type Mark } from '../../layout/drawing/index.ts';
import type { LayoutEdge, LayoutNode, Point } from '../../layout/index.ts';
import type { EdgeKind, Path } from '../../runtime/index.ts';
import { addLayer, elementOf, html } from '../panel/dom.ts';
import { showBadges } from './diagram/badges.ts';
import type { Badge } from './diagram/status-badges.ts';

/** Explains shapes, lines and badges; drawn by the same code as the diagram. */
export function createLegend(): HTMLElement {
  const element = html(
    'aside',
    'legend',
    section(
      'Elements',
      ELEMENTS.map(([kind, text]) => entry([sampleNode(kind)], text)),
    ),
    section(
      'Lines',
      LINES.map(([kind, text]) => entry([sampleEdge(kind)], text)),
    ),
    section(
      'Badges',
      BADGES.map(([badge, text]) => badgeEntry(badge, text)),
    ),
    section(
      'States',
      STATES.map(([state, text]) => badgeEntry(stateBadge(state), text)),
    ),
  );
  element.setAttribute('aria-label', 'Legend');
  // Scrolls if the panel is low.
  element.tabIndex = 0;
  element.id = 'legend';
  return element;
}

const ELEMENTS: readonly (readonly [LayoutNode['kind'], string])[] = [
  ['generator', 'Generator: produces atoms from data'],
  ['task', 'Task of a workflow: a handler with state'],
  ['sequencer', 'Sequencer: merges streams into one order'],
  ['splitter', 'Splitter: routes each event to one split'],
  ['portal', 'Portal: a mailbox for requests'],
];

const LINES: readonly (readonly [EdgeKind, string])[] = [
  ['stream', 'Stream of atoms'],
  ['flow', 'Events between tasks'],
  ['request', 'Requests to a portal'],
  ['reply', 'Replies through a portal'],
];

const BADGES: readonly (readonly [Partial<Badge>, string])[] = [
  [{ className: 'committed', text: '12' }, 'Committed atoms of a stream'],
  [{ className: 'queue', text: '3' }, 'Atoms waiting for the consumer'],
  [{ className: 'requests', text: '2', icon: 'asker' }, 'Batches of requests waiting'],
  [{ className: 'replies', text: '1', icon: 'replier' }, 'Batches of replies waiting'],
  [{ className: 'continuations', text: '4', icon: 'continuation' }, 'Continuations pending'],
];

const STATES: readonly (readonly [
  'next' | 'running' | 'crashed' | 'recovering' | 'sealed' | 'failed',
  string,
])[] = [
  ['next', 'Runs next'],
  ['running', 'Processing an atom'],
  ['crashed', 'Crashed; its output is discarded or published'],
  ['recovering', 'Rolling back or forward'],
  ['sealed', 'Its stream has ended'],
  ['failed', 'Stopped by an error'],
];

function stateBadge(state: (typeof STATES)[number][0]): Partial<Badge> {
  return { className: `state ${state}`, text: state, icon: state === 'next' ? 'running' : state };
}

function section(title: string, entries: readonly HTMLElement[]): HTMLElement {
  return html('section', 'legend-section', html('h2', '', title), html('ul', '', ...entries));
}

function entry(marks: readonly Mark[], text: string): HTMLElement {
  const svg = sampleSvg();
  for (const mark of marks) svg.append(elementOf(mark));
  return html('li', '', svg, html('span', '', text));
}

function badgeEntry(badge: Partial<Badge>, text: string): HTMLElement {
  const svg = sampleSvg();
  const full = { key: text, text: '', className: '', target: '', ...badge };
  const at = { x: SAMPLE.width / 2, y: SAMPLE.height / 2 };
  showBadges(addLayer(svg, 'overlay'), [{ ...full, at, anchor: 'middle' }]);
  return html('li', '', svg, html('span', '', text));
}

const SAMPLE = { width: 98, height: 28 };

function sampleSvg(): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'topology sample');
  svg.setAttribute('viewBox', `0 0 ${SAMPLE.width} ${SAMPLE.height}`);
  svg.setAttribute('width', String(SAMPLE.width));
  svg.setAttribute('height', String(SAMPLE.height));
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

function sampleNode(kind: LayoutNode['kind']): Mark {
  const box = { x: 28, y: 2, width: 42, height: 24 };
  return drawNode(
    {
      ...box,
      path: '' as Path,
      kind,
      label: { lines: [], caption: '' },
      labelBox: { ...box, x: box.x + 4 },
      parent: '' as Path,
      ports: [],
    },
    'right',
  );
}

function sampleEdge(kind: EdgeKind): Mark {
  const points: Point[] = [
    { x: 14, y: 14 },
    { x: 84, y: 14 },
  ];
  const edge: LayoutEdge = {
    id: '',
    kind,
    from: '' as Path,
    to: '' as Path,
    points,
    junctions: [],
    tail: { x: 0, y: 0, width: 0, height: 0 },
    head: { x: 0, y: 0, width: 0, height: 0 },
  };
  return drawEdge(edge);
}
