import type { LayoutEdge } from '../../layout/index.ts';
import { choiceSentence, nameOf } from '../panel/choice-label.ts';
import type { Detail } from '../panel/tooltip.ts';
import type { DiagramItem } from './diagram/diagram.ts';
import type { PanelStatus } from './messages.ts';

/** The activity at the current stop, or the next step, as one sentence. */
export function activityText({ phase, choice, next }: PanelStatus): string {
  if (choice !== undefined) return choiceSentence(choice);
  if (phase === 'complete') return 'complete';
  return next === undefined ? 'between atoms' : `next: ${choiceSentence(next)}`;
}

/** The event being processed, or an empty string. */
export function eventText({ event }: PanelStatus): string {
  if (event === undefined) return '';
  return `${event.cause} ${event.index + 1} of ${event.count} in task ${nameOf(event.task)}`;
}

/** A crash of the current or previous step and its effect on the output, as one sentence. */
export function crashText({ lastCrash, step: current }: PanelStatus): string {
  if (lastCrash === undefined || current > lastCrash.step + 1) return '';
  const { unit, fault, step, outcome, recovered } = lastCrash;
  const end =
    outcome === 'back' ? 'rolled back, output discarded' : 'rolled forward, output published';
  const now = recovered ? 'recovered' : 'recovering';
  return `${nameOf(unit)} crashed at ${fault.point} in step ${step}: ${end}; ${now}`;
}

/** The tooltip rows of an element. */
export function detailsOf(diagramItem: DiagramItem, status: PanelStatus | undefined): Detail[] {
  const { item } = diagramItem;
  const kind =
    diagramItem.kind === 'group'
      ? diagramItem.item.kind
      : (diagramItem.item.taskKind ?? diagramItem.item.kind);
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
  add('Queued request batches', portal?.requests);
  add('Queued reply batches', portal?.replies);
  return details;
}

/** The tooltip rows of an edge. */
export function edgeDetailsOf(edge: LayoutEdge, status: PanelStatus | undefined): Detail[] {
  const details: Detail[] = [
    { term: 'From', value: edge.from },
    { term: 'To', value: edge.to },
  ];
  if (edge.stream === undefined || status === undefined) return details;
  return [
    ...details,
    { term: 'Committed atoms', value: String(status.streams[edge.stream] ?? 0) },
    { term: 'Queued atoms', value: String(status.queues[edge.id] ?? 0) },
  ];
}

/** The tooltip title of an edge. */
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

/** The accessible name of an element: its name, kind and state. */
export function ariaLabelOf(diagramItem: DiagramItem, status: PanelStatus | undefined): string {
  const { label } = diagramItem.item;
  // The visible text comes first, so that speech input can address the element by it.
  const visible = [...label.lines, label.caption].join(' ');
  const details = detailsOf(diagramItem, status).filter(({ value }) => value !== label.caption);
  return [visible, ...details.map(({ term, value }) => `${term}: ${value}`)].join(', ');
}
