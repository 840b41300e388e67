import type { LayoutEdge } from '../../layout/index.ts';
import { nameOf, sentenceOf } from '../panel/choice-label.ts';
import type { Detail } from '../panel/tooltip.ts';
import type { Shown } from './diagram/diagram.ts';
import type { PanelStatus } from './messages.ts';

/** What the simulator is about, or what comes next, as one sentence. */
export function doingOf({ phase, choice, next }: PanelStatus): string {
  if (choice !== undefined) return sentenceOf(choice);
  if (phase === 'complete') return 'Complete: nothing is left to do';
  return next === undefined ? 'Between two atoms' : `next: ${sentenceOf(next)}`;
}

/** The event under way, or nothing. */
export function eventOf({ event }: PanelStatus): string {
  if (event === undefined) return '';
  return `${event.cause} ${event.index + 1} of ${event.count} in task ${nameOf(event.task)}`;
}

/** The latest crash, as a sentence that also tells what became of the attempt's output. */
export function crashOf({ lastCrash }: PanelStatus): string {
  if (lastCrash === undefined) return '';
  const { unit, point, step, outcome, recovered } = lastCrash;
  const end =
    outcome === 'back'
      ? 'rolled back, its output is discarded'
      : 'rolled forward, its output is published';
  const now = recovered ? 'recovered' : 'recovering';
  return `${nameOf(unit)} crashed at ${point} in step ${step}: ${end}; ${now}`;
}

/** What is known about an element. */
export function detailsOf(shown: Shown, status: PanelStatus | undefined): Detail[] {
  const { item } = shown;
  const kind = shown.kind === 'group' ? shown.item.kind : (shown.item.taskKind ?? shown.item.kind);
  const details: Detail[] = [{ term: 'Kind', value: kind }];
  if (status === undefined) return details;
  const add = (term: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== 0) details.push({ term, value: String(value) });
  };
  const portal = status.portals[item.path];
  add('State', status.units[item.path]);
  add('Failure', status.failures[item.path]);
  add('Committed atoms', status.streams[`${item.path}/stream`]);
  add('Pending continuations', status.continuations[item.path]);
  add('Waiting batches of requests', portal?.requests);
  add('Waiting batches of replies', portal?.replies);
  return details;
}

/** What is known about an edge. */
export function edgeDetailsOf(edge: LayoutEdge, status: PanelStatus | undefined): Detail[] {
  const details: Detail[] = [
    { term: 'From', value: edge.from },
    { term: 'To', value: edge.to },
  ];
  if (edge.stream === undefined || status === undefined) return details;
  return [
    ...details,
    { term: 'Committed atoms', value: String(status.streams[edge.stream] ?? 0) },
    { term: 'Waiting atoms', value: String(status.queues[edge.id] ?? 0) },
  ];
}

/** What an edge is, in words. */
export function edgeTitle(edge: LayoutEdge): string {
  switch (edge.kind) {
    case 'stream':
      return edge.stream ?? 'Stream';
    case 'flow':
      return 'Events within the workflow';
    case 'source':
      return 'Source of the workflow';
    case 'sink':
      return 'Sink of the workflow';
    case 'request':
      return `Requests to portal ${nameOf(edge.to)}`;
    case 'reply':
      return `Replies of portal ${nameOf(edge.to)}`;
  }
}

/** What a screen reader says about an element. */
export function spokenOf(shown: Shown, status: PanelStatus | undefined): string {
  const [kind, ...rest] = detailsOf(shown, status);
  const details = rest.map(({ term, value }) => `${term}: ${value}`);
  return [`${nameOf(shown.item.path)}, ${kind?.value ?? ''}`, ...details].join(', ');
}
