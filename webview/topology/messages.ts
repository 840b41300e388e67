/**
 * The messages between the topology panel and its host in the extension. Each side validates what
 * it receives, because VS Code may restore a panel that is older than its host.
 */
import * as z from 'zod/mini';
import type { StatusBody } from '../../debug-adapter/protocol.ts';
import type { Layout } from '../../layout/index.ts';
import type { Path } from '../../runtime/index.ts';
import { choice, failedMessage, session, startMessage } from '../panel/messages.ts';

const count = z.number();
const list = <Item extends z.ZodMiniType>(item: Item) => z.readonly(z.array(item));
const point = z.object({ x: z.number(), y: z.number() });
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const label = z.object({ lines: list(z.string()), caption: z.string() });
const port = z.object({
  x: z.number(),
  y: z.number(),
  role: z.enum(['in', 'out', 'request', 'reply']),
});

const taskKind = z.enum([
  'map',
  'flatMap',
  'filter',
  'key',
  'identity',
  'processor',
  'init',
  'vsm',
  'asker',
  'replier',
  'asker-replier',
  'logger',
  'step',
  'actor',
]);

const path = z.custom<Path>((value) => typeof value === 'string');
const layout = z.object({
  direction: z.enum(['right', 'down']),
  width: z.number(),
  height: z.number(),
  groups: list(
    z.extend(box, {
      path,
      kind: z.enum(['application', 'workflow']),
      label,
      header: box,
      parent: z.exactOptional(path),
      ports: list(port),
    }),
  ),
  nodes: list(
    z.extend(box, {
      path,
      kind: z.enum(['task', 'generator', 'sequencer', 'splitter', 'split', 'portal']),
      label,
      labelBox: box,
      parent: path,
      taskKind: z.exactOptional(taskKind),
      ports: list(port),
    }),
  ),
  edges: list(
    z.object({
      id: z.string(),
      kind: z.enum(['stream', 'flow', 'source', 'sink', 'request', 'reply']),
      from: path,
      to: path,
      stream: z.exactOptional(path),
      points: list(point),
      junctions: list(point),
      tail: box,
      head: box,
    }),
  ),
});

const counts = z.record(z.string(), count);

const status = z.object({
  step: count,
  phase: z.enum(['boundary', 'processing', 'committing', 'recovering', 'complete']),
  choice: z.optional(choice),
  attempt: count,
  point: z.optional(z.string()),
  event: z.optional(
    z.object({
      unit: z.string(),
      task: z.string(),
      cause: z.enum(['event', 'request', 'reply', 'atomComplete', 'complete', 'error', 'init']),
      index: count,
      count,
    }),
  ),
  totals: z.object({ atoms: count, events: count, crashes: count, recoveries: count }),
  units: z.record(
    z.string(),
    z.enum(['idle', 'running', 'crashed', 'recovering', 'sealed', 'failed']),
  ),
  queues: counts,
  portals: z.record(z.string(), z.object({ requests: count, replies: count })),
  continuations: counts,
  streams: counts,
  failures: z.record(z.string(), z.string()),
  seed: z.number(),
  schedule: z.string(),
  snapshotEvery: count,
  next: z.optional(choice),
  stopped: z.optional(z.object({ reason: z.string(), description: z.string() })),
  lastCrash: z.optional(
    z.object({
      unit: z.string(),
      point: z.string(),
      step: count,
      outcome: z.enum(['back', 'forward']),
      recovered: z.boolean(),
    }),
  ),
});

/** The part of `portals/status` and `portals/changed` that the panel shows. */
export const statusMessage = status;
export type PanelStatus = z.infer<typeof status>;

/** From the host to the panel. */
export const hostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session'), session }),
  z.object({
    type: z.literal('layout'),
    /** Identifies the diagram; the persisted viewport belongs to one key. */
    key: z.string(),
    layout,
    /** The builder call of each element and edge as `file:line`, by path or edge id. */
    sites: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('status'), status }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** From the panel to the host. */
export const panelMessage = z.discriminatedUnion('type', [
  /** The panel is ready to draw; the host derives the diagram direction from its size. */
  z.object({ type: z.literal('ready'), width: z.number(), height: z.number() }),
  z.object({ type: z.literal('resized'), width: z.number(), height: z.number() }),
  /** Opens the builder call of an element (its path) or an edge (its id). */
  z.object({ type: z.literal('reveal'), target: z.string() }),
  z.object({ type: z.literal('crash'), target: z.string() }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  /** Sets the layout direction; `auto` lets the host choose. */
  z.object({ type: z.literal('direction'), direction: z.enum(['auto', 'right', 'down']) }),
  startMessage,
  failedMessage,
]);
export type PanelMessage = z.infer<typeof panelMessage>;
export type PanelDirection = Extract<PanelMessage, { type: 'direction' }>['direction'];

/** Fails to compile when the contract no longer satisfies these schemas. */
type Covers<Sent extends Read, Read> = Sent;
export type ContractCheck = [
  Covers<StatusBody, PanelStatus>,
  Covers<Layout, z.infer<typeof layout>>,
];
