import type { StatusBody } from '../../../debug-adapter/protocol.ts';
import { type Path, parseFault, type Topology } from '../../../runtime/index.ts';

/** A status of `topology` between two atoms, before anything has happened. */
export function statusOf(topology: Topology, more: Partial<StatusBody> = {}): StatusBody {
  const units = topology.nodes.filter(({ kind }) =>
    ['workflow', 'generator', 'sequencer', 'splitter'].includes(kind),
  );
  return {
    step: 0,
    phase: 'boundary',
    attempt: 1,
    totals: { atoms: 0, events: 0, requests: 0, replies: 0, crashes: 0, recoveries: 0 },
    units: Object.fromEntries(units.map(({ path }) => [path, 'idle'])),
    queues: {},
    portals: {},
    continuations: {},
    streams: {},
    failures: {},
    armed: [],
    recorded: 0,
    branch: 0,
    branches: [],
    seed: 0,
    schedule: 'drain',
    snapshotEvery: 1,
    ...more,
  };
}

const shop = '/shop/workflows';

/** The shopping cart in the middle of an atom, with work waiting in several places. */
export function shopBusy(topology: Topology): StatusBody {
  const idle = statusOf(topology);
  return {
    ...idle,
    step: 41,
    phase: 'processing',
    point: 'process',
    choice: {
      unit: `${shop}/cart` as Path,
      action: 'atom',
      input: '/shop/generators/clicks/stream' as Path,
      label: 'cart ← clicks',
    },
    event: {
      step: 41,
      unit: `${shop}/cart` as Path,
      task: `${shop}/cart/cart` as Path,
      cause: 'event',
      index: 1,
      count: 5,
    },
    units: { ...idle.units, [`${shop}/cart`]: 'running', '/shop/generators/restock': 'sealed' },
    queues: {
      'stream:/shop/generators/clicks->/shop/workflows/cart': 3,
      'stream:/shop/workflows/orders->/shop/sequencers/events': 12,
      'stream:/shop/splitters/checkouts/abandoned->/shop/sequencers/events': 1,
    },
    portals: {
      '/shop/portals/inventory': { requests: 2, replies: 1 },
      '/shop/portals/orders': { requests: 0, replies: 1 },
    },
    continuations: { [`${shop}/cart/cart`]: 4, [`${shop}/orders/order`]: 1 },
    streams: {
      '/shop/generators/clicks/stream': 18,
      '/shop/generators/restock/stream': 6,
      [`${shop}/cart/stream`]: 14,
      [`${shop}/orders/stream`]: 13,
      [`${shop}/inventory/stream`]: 6,
      '/shop/splitters/checkouts/checkout/stream': 13,
      '/shop/splitters/checkouts/abandoned/stream': 2,
      '/shop/sequencers/events/stream': 8,
      [`${shop}/analytics/stream`]: 8,
    },
    totals: { ...idle.totals, atoms: 41, events: 208 },
  };
}

/** The cart has crashed before its decision; what it had prepared is discarded. */
export function shopCrashed(topology: Topology): StatusBody {
  const { event: _, ...busy } = shopBusy(topology);
  return {
    ...busy,
    phase: 'recovering',
    point: 'pre-commit(output)',
    units: {
      ...busy.units,
      [`${shop}/cart`]: 'crashed',
      [`${shop}/orders`]: 'recovering',
      [`${shop}/analytics`]: 'failed',
    },
    failures: { [`${shop}/analytics`]: 'TypeError: cannot read properties of undefined' },
    lastCrash: {
      unit: `${shop}/cart`,
      fault: parseFault(`crash:${shop}/cart@pre-commit(output)`),
      step: 41,
      outcome: 'back',
      recovered: false,
    },
    attempt: 2,
    seed: 7,
    schedule: 'random',
    snapshotEvery: 4,
  };
}
