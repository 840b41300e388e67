/**
 * The messages between the topology panel and its host in the extension. Each side validates what
 * it receives, because VS Code may restore a panel that is older than its host.
 */
import * as z from 'zod/mini';
import { statusBody } from '../../debug-adapter/protocol.ts';
import type { Layout } from '../../layout/index.ts';
import type { Path } from '../../runtime/index.ts';
import { failedMessage, session, startMessage } from '../panel/messages.ts';

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

/** The part of `portals/status` and `portals/changed` that the panel shows. */
export const statusMessage = z.pick(statusBody, {
  ...{ step: true, phase: true, choice: true, attempt: true, point: true, event: true },
  ...{ totals: true, units: true, queues: true, portals: true, continuations: true },
  ...{ streams: true, failures: true, seed: true, schedule: true, snapshotEvery: true },
  ...{ next: true, stopped: true, lastCrash: true },
});
export type PanelStatus = z.infer<typeof statusMessage>;

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
  z.object({ type: z.literal('status'), status: statusMessage }),
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
/** @public The compiler reads it. */
export type ContractCheck = Covers<Layout, z.infer<typeof layout>>;
