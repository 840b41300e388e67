import type { IconName } from '../../../layout/drawing/index.ts';
import { type Box, centerOf, type LayoutEdge, type Point } from '../../../layout/index.ts';
import type { PanelStatus } from '../messages.ts';
import type { Picture } from './diagram.ts';

/** A small mark on the picture that tells part of the status. */
export interface Badge {
  /** The same badge keeps its key from one status to the next. */
  readonly key: string;
  readonly at: Point;
  /** Which part of the badge stands at the point. */
  readonly anchor: 'start' | 'middle' | 'end';
  readonly className: string;
  readonly text: string;
  /** A word before the text that is struck out. */
  readonly struck?: string;
  readonly icon?: IconName;
  /** The path or edge it tells about. */
  readonly target: string;
}

/** Badges sit on a border, as far outside that they leave the text within free. */
const OUTSIDE = 5;

/** All badges that `status` puts on the picture. */
export function badgesOf(picture: Picture, status: PanelStatus): Badge[] {
  const { edges } = picture.layout;
  return [
    ...committedBadges(picture, status),
    ...edges.flatMap((edge) => queueBadge(edge, status)),
    ...stateBadges(picture, status),
    ...portalBadges(picture, status),
    ...continuationBadges(picture, status),
    ...eventBadge(picture, status),
    ...crashBadge(picture, status),
  ];
}

/** Counts as they fit a badge: 999, 1.2k, 34k, 5.6M. */
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

/** The number of committed atoms, once for each stream, where it leaves its producer. */
function committedBadges(picture: Picture, status: PanelStatus): Badge[] {
  const first = new Map<string, LayoutEdge>();
  for (const edge of picture.layout.edges) {
    if (edge.stream !== undefined && !first.has(edge.stream)) first.set(edge.stream, edge);
  }
  return Object.entries(status.streams).flatMap(([stream, atoms]) => {
    const edge = first.get(stream);
    const at = edge === undefined ? outletOf(picture, stream) : edge.tail;
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

/** Where a stream that nobody consumes leaves its producer. */
function outletOf(picture: Picture, stream: string): Point | undefined {
  const producer = picture.shown(stream.slice(0, stream.lastIndexOf('/')));
  if (producer === undefined) return undefined;
  const { item } = producer;
  const port = item.ports.find(({ role }) => role === 'out');
  if (port === undefined) return { x: item.x + item.width + 5, y: item.y + item.height / 2 - 7 };
  return picture.layout.direction === 'right'
    ? { x: port.x + 6, y: port.y - 7 }
    : { x: port.x + 6, y: port.y };
}

function stateBadges(picture: Picture, status: PanelStatus): Badge[] {
  return Object.entries(status.units).flatMap(([path, state]): Badge[] => {
    const shown = picture.shown(path);
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

function portalBadges(picture: Picture, status: PanelStatus): Badge[] {
  return Object.entries(status.portals).flatMap(([path, { requests, replies }]) => {
    const box = picture.box(path);
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

function continuationBadges(picture: Picture, status: PanelStatus): Badge[] {
  return Object.entries(status.continuations).flatMap(([path, pending]) => {
    const box = picture.box(path);
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

/** Which event of its batch the current task handles, on the side where no line passes. */
function eventBadge(picture: Picture, { event }: PanelStatus): Badge[] {
  const box = event && picture.box(event.task);
  if (event === undefined || box === undefined) return [];
  const ordinary = event.cause === 'event' || event.cause === 'request' || event.cause === 'reply';
  const common = {
    key: 'event',
    className: 'event',
    text: ordinary ? `${event.cause} ${event.index + 1} of ${event.count}` : event.cause,
    target: event.task,
  };
  const { x, y } = centerOf(box);
  return picture.layout.direction === 'right'
    ? [{ ...common, at: { x, y: box.y + box.height + OUTSIDE + 3 }, anchor: 'middle' }]
    : [{ ...common, at: { x: box.x + box.width + OUTSIDE, y }, anchor: 'start' }];
}

/** What became of the output of a crashed attempt, until the step has been committed after all. */
function crashBadge(picture: Picture, status: PanelStatus): Badge[] {
  const { lastCrash } = status;
  const shown = lastCrash && picture.shown(lastCrash.unit);
  if (lastCrash === undefined || shown === undefined || !isCrashFresh(status)) return [];
  const { item } = shown;
  // At the corner of a workflow where its output does not leave; else above the state's badge.
  const corner = item.y + item.height - (picture.layout.direction === 'right' ? 0 : 5);
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

/** True while the step that crashed is being recovered or processed again. */
export function isCrashFresh({ lastCrash, step }: PanelStatus): boolean {
  return lastCrash !== undefined && step <= lastCrash.step;
}
