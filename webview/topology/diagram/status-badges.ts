import type { IconName } from '../../../layout/drawing/index.ts';
import { type Box, centerOf, type LayoutEdge, type Point } from '../../../layout/index.ts';
import type { PanelStatus } from '../messages.ts';
import type { Diagram } from './diagram.ts';

/** A small label on the diagram that shows part of the status. */
export interface Badge {
  /** Stable across statuses. */
  readonly key: string;
  readonly at: Point;
  /** The part of the badge that is placed at the point. */
  readonly anchor: 'start' | 'middle' | 'end';
  readonly className: string;
  readonly text: string;
  /** A word before the text, struck through. */
  readonly struck?: string;
  readonly icon?: IconName;
  /** The path or edge id that the badge describes. */
  readonly target: string;
}

/** How far badges on a border extend outside, so that they do not cover the text. */
const OUTSIDE = 5;

/** All badges for `status`. */
export function badgesOf(diagram: Diagram, status: PanelStatus): Badge[] {
  const { edges } = diagram.layout;
  return [
    ...committedBadges(diagram, status),
    ...edges.flatMap((edge) => queueBadge(edge, status)),
    ...stateBadges(diagram, status),
    ...portalBadges(diagram, status),
    ...continuationBadges(diagram, status),
    ...eventBadge(diagram, status),
    ...crashBadge(diagram, status),
  ];
}

/** Abbreviates a count to fit a badge: 999, 1.2k, 34k, 5.6M. */
function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const [value, unit] = count < 999_500 ? [count / 1000, 'k'] : [count / 1_000_000, 'M'];
  return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)}${unit}`;
}

function queueBadge(edge: LayoutEdge, status: PanelStatus): Badge[] {
  const waiting = status.queues[edge.id] ?? 0;
  if (waiting === 0) return [];
  return [
    {
      key: `queue ${edge.id}`,
      at: centerOf(edge.head),
      anchor: 'middle',
      className: 'queue',
      text: shortCount(waiting),
      target: edge.id,
    },
  ];
}

/** The number of committed atoms, once per stream, next to its producer. */
function committedBadges(diagram: Diagram, status: PanelStatus): Badge[] {
  const first = new Map<string, LayoutEdge>();
  for (const edge of diagram.layout.edges) {
    if (edge.stream !== undefined && !first.has(edge.stream)) first.set(edge.stream, edge);
  }
  return Object.entries(status.streams).flatMap(([stream, atoms]) => {
    const edge = first.get(stream);
    const at = edge === undefined ? outletOf(diagram, stream) : edge.tail;
    if (at === undefined || atoms === 0) return [];
    return [
      {
        key: `committed ${stream}`,
        at: { x: at.x, y: at.y + 7 },
        anchor: 'start',
        className: 'committed',
        text: shortCount(atoms),
        target: edge?.id ?? stream.slice(0, stream.lastIndexOf('/')),
      } satisfies Badge,
    ];
  });
}

/** Where a stream without consumers leaves its producer. */
function outletOf(diagram: Diagram, stream: string): Point | undefined {
  const producer = diagram.itemAt(stream.slice(0, stream.lastIndexOf('/')));
  if (producer === undefined) return undefined;
  const { item } = producer;
  const port = item.ports.find(({ role }) => role === 'out');
  if (port === undefined) return { x: item.x + item.width + 5, y: item.y + item.height / 2 - 7 };
  return diagram.layout.direction === 'right'
    ? { x: port.x + 6, y: port.y - 7 }
    : { x: port.x + 6, y: port.y };
}

function stateBadges(diagram: Diagram, status: PanelStatus): Badge[] {
  return Object.entries(status.units).flatMap(([path, state]): Badge[] => {
    const shown = diagram.itemAt(path);
    const isNext = status.next?.unit === path;
    if (shown === undefined || (state === 'idle' && !isNext)) return [];
    const text = state === 'idle' ? 'next' : state;
    const common = {
      key: `state ${path}`,
      className: `state ${text}`,
      text,
      icon: text === 'next' ? 'running' : text,
      target: path,
    } as const;
    const { item } = shown;
    return shown.kind === 'group'
      ? [{ ...common, at: headerEnd(shown.item.header), anchor: 'end' }]
      : [{ ...common, at: { x: centerOf(item).x, y: item.y - OUTSIDE }, anchor: 'middle' }];
  });
}

function headerEnd(header: Box): Point {
  return { x: header.x + header.width - 7, y: header.y + header.height / 2 };
}

function portalBadges(diagram: Diagram, status: PanelStatus): Badge[] {
  return Object.entries(status.portals).flatMap(([path, { requests, replies }]) => {
    const box = diagram.box(path);
    if (box === undefined) return [];
    const badges: Badge[] = [];
    const y = box.y - OUTSIDE;
    if (requests > 0) {
      badges.push({
        key: `requests ${path}`,
        at: { x: box.x + 4, y },
        anchor: 'start',
        className: 'requests',
        text: shortCount(requests),
        icon: 'asker',
        target: path,
      });
    }
    if (replies > 0) {
      badges.push({
        key: `replies ${path}`,
        at: { x: box.x + box.width - 4, y },
        anchor: 'end',
        className: 'replies',
        text: shortCount(replies),
        icon: 'replier',
        target: path,
      });
    }
    return badges;
  });
}

function continuationBadges(diagram: Diagram, status: PanelStatus): Badge[] {
  return Object.entries(status.continuations).flatMap(([path, pending]) => {
    const box = diagram.box(path);
    if (box === undefined || pending === 0) return [];
    return [
      {
        key: `continuations ${path}`,
        at: { x: box.x + box.width + 6, y: box.y - OUTSIDE },
        anchor: 'end',
        className: 'continuations',
        text: shortCount(pending),
        icon: 'continuation',
        target: path,
      } satisfies Badge,
    ];
  });
}

/** The index of the event that the current task handles, on a side without lines. */
function eventBadge(diagram: Diagram, { event }: PanelStatus): Badge[] {
  const box = event && diagram.box(event.task);
  if (event === undefined || box === undefined) return [];
  const ordinary = event.cause === 'event' || event.cause === 'request' || event.cause === 'reply';
  const common = {
    key: 'event',
    className: 'event',
    text: ordinary ? `${event.cause} ${event.index + 1} of ${event.count}` : event.cause,
    target: event.task,
  };
  const { x, y } = centerOf(box);
  return diagram.layout.direction === 'right'
    ? [{ ...common, at: { x, y: box.y + box.height + OUTSIDE + 3 }, anchor: 'middle' }]
    : [{ ...common, at: { x: box.x + box.width + OUTSIDE, y }, anchor: 'start' }];
}

/** The outcome for the output of a crashed attempt, until the step commits. */
function crashBadge(diagram: Diagram, status: PanelStatus): Badge[] {
  const { lastCrash } = status;
  const shown = lastCrash && diagram.itemAt(lastCrash.unit);
  if (lastCrash === undefined || shown === undefined || !isCrashFresh(status)) return [];
  const { item } = shown;
  // At a corner of the workflow away from its output; for other units, above the state badge.
  const corner = item.y + item.height - (diagram.layout.direction === 'right' ? 0 : 5);
  const y = shown.kind === 'group' ? corner : item.y - OUTSIDE - 20;
  const common = {
    key: 'crash',
    at: { x: shown.kind === 'group' ? item.x + 8 : item.x, y },
    anchor: 'start' as const,
    target: lastCrash.unit,
  };
  return lastCrash.outcome === 'back'
    ? [
        {
          ...common,
          className: 'crash back',
          struck: 'output',
          text: 'rolled back',
          icon: 'crashed',
        },
      ]
    : [{ ...common, className: 'crash forward', text: 'rolled forward', icon: 'recovering' }];
}

/** True while the crashed step is being recovered or reprocessed. */
export function isCrashFresh({ lastCrash, step }: PanelStatus): boolean {
  return lastCrash !== undefined && step <= lastCrash.step;
}
