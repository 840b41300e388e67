import type { Choice, HistoryEntry, Path } from '../../../runtime/index.ts';
import type { Lane, TimelineStatus } from '../../../webview/timeline/messages.ts';
import type { HostMessages } from './timeline-page.ts';

const APP = '/shop';

const LANES: readonly Lane[] = [
  lane('generator', 'generators', 'clicks'),
  lane('generator', 'generators', 'restock'),
  lane('workflow', 'workflows', 'inventory'),
  lane('workflow', 'workflows', 'cart'),
  lane('splitter', 'splitters', 'checkouts'),
  lane('workflow', 'workflows', 'orders'),
  lane('sequencer', 'sequencers', 'events'),
  lane('workflow', 'workflows', 'analytics'),
];

/** One cycle of the shop. */
const ROUND: readonly Choice[] = [
  choice('/shop/generators/clicks', 'generate'),
  choice('/shop/workflows/cart', 'atom', '/shop/generators/clicks/stream'),
  choice(
    '/shop/workflows/inventory',
    'requests',
    '/shop/portals/inventory',
    '/shop/workflows/cart',
  ),
  choice('/shop/workflows/cart', 'replies', '/shop/portals/inventory'),
  choice('/shop/splitters/checkouts', 'atom', '/shop/workflows/cart/stream'),
  choice('/shop/workflows/orders', 'atom', '/shop/splitters/checkouts/checkout/stream'),
  choice('/shop/sequencers/events', 'atom', '/shop/workflows/orders/stream'),
  choice('/shop/workflows/analytics', 'atom', '/shop/sequencers/events/stream'),
  choice('/shop/generators/restock', 'seal'),
];

/** The shop after `present` of `recorded` steps; some of them have crashed. */
export function shopAfter(
  present: number,
  recorded = present,
  more: Partial<TimelineStatus> = {},
): HostMessages {
  const history = Array.from({ length: recorded }, (_, step): HistoryEntry => {
    const made = ROUND[step % ROUND.length] ?? choice('', 'atom');
    const crashes = step % 17 === 12 ? 1 : 0;
    return { step, choice: made, events: 1 + (step % 5), logs: step % 4 === 3 ? 1 : 0, crashes };
  });
  const next = ROUND[present % ROUND.length];
  return {
    lanes: LANES,
    sources: {
      '/shop/portals/inventory': '/shop/workflows/inventory',
      '/shop/generators/clicks/stream': '/shop/generators/clicks',
    },
    history,
    status: {
      step: present,
      recorded,
      branch: 0,
      branches: [{ id: 0, at: 0, steps: recorded, reason: 'launch' }],
      phase: 'boundary',
      attempt: 1,
      seed: 7,
      stopped: { reason: 'step', description: 'Paused' },
      ...(next !== undefined && { next }),
      ...more,
    },
  };
}

function lane(kind: Lane['kind'], folder: string, name: string): Lane {
  return { path: `${APP}/${folder}/${name}`, name, kind, application: APP };
}

function choice(unit: string, action: Choice['action'], input?: string, peer?: string): Choice {
  return {
    unit: unit as Path,
    action,
    label: `${unit} ${action}`,
    ...(input !== undefined && { input: input as Path }),
    ...(peer !== undefined && { peer: peer as Path }),
  };
}
