import type { ElkEdgeSection, ElkNode, ElkPoint, ElkPort } from 'elkjs/lib/elk-api.js';
import { indexNodes } from './engine-result.ts';

/** Offsets up to this many pixels are removed. */
const JOG_MAX = 12;
/** Minimum distance of a port from the corner, relative to the side; portals have round ends. */
const END_MIN = { task: 0.12, portal: 0.3 };
const PORT_GAP_MIN = 4;

/**
 * Removes small offsets that the engine leaves in edges of tasks and portals: slides a port that
 * only one edge uses along its side, so that the edge is straight. Changes `root` in place; in the
 * direction of the engine.
 */
export function straighten(root: ElkNode): void {
  const sides = movablePorts(root);
  for (const { sections } of root.edges ?? []) {
    const section = sections?.[0];
    if (section === undefined) continue;
    slide(section, sides, 'start');
    slide(section, sides, 'end');
  }
}

interface Side {
  readonly port: ElkPort;
  readonly top: number;
  readonly bottom: number;
  readonly others: readonly ElkPort[];
}

/** Ports of tasks and portals with exactly one edge; other elements have slanted sides. */
function movablePorts(root: ElkNode): Map<string, Side> {
  const uses = new Map<string, number>();
  for (const { sources, targets } of root.edges ?? []) {
    for (const id of [...sources, ...targets]) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  const sides = new Map<string, Side>();
  for (const node of indexNodes(root).values()) {
    const isTask = node.id.includes('/workflows/') && node.children === undefined;
    if (!isTask && !node.id.includes('/portals/')) continue;
    const { y = 0, height = 0, ports = [] } = node;
    const margin = height * (isTask ? END_MIN.task : END_MIN.portal);
    for (const port of ports) {
      if (uses.get(port.id) !== 1) continue;
      const others = ports.filter((other) => other !== port && other.x === port.x);
      sides.set(port.id, { port, top: y + margin, bottom: y + height - margin, others });
    }
  }
  return sides;
}

/** Takes the jog next to one end out of a line. */
function slide(
  section: ElkEdgeSection,
  sides: ReadonlyMap<string, Side>,
  end: 'start' | 'end',
): void {
  const bends = section.bendPoints ?? [];
  const [point, shape] =
    end === 'start'
      ? [section.startPoint, section.incomingShape]
      : [section.endPoint, section.outgoingShape];
  const side = sides.get(shape ?? '');
  const [near, far] = end === 'start' ? [bends[0], bends[1]] : [bends.at(-1), bends.at(-2)];
  if (side === undefined || near === undefined || far === undefined) return;
  if (!isJog(point, near, far) || !hasRoom(side, far.y)) return;
  side.port.y = far.y;
  point.y = far.y;
  section.bendPoints = end === 'start' ? bends.slice(2) : bends.slice(0, -2);
}

function isJog(point: ElkPoint, near: ElkPoint, far: ElkPoint): boolean {
  const aside = Math.abs(far.y - near.y);
  return point.y === near.y && near.x === far.x && aside > 0 && aside <= JOG_MAX;
}

function hasRoom({ top, bottom, others }: Side, y: number): boolean {
  return (
    y >= top && y <= bottom && others.every((other) => Math.abs((other.y ?? 0) - y) >= PORT_GAP_MIN)
  );
}
