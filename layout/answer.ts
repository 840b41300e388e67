import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Box, Direction, Point } from './geometry.ts';
import { turn } from './graph.ts';

/** The layout engine's answer, turned back into the picture's direction and indexed by id. */
export interface Answer {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly ports: ReadonlyMap<string, Point>;
  /** In the order in which the edges were handed over. */
  readonly lines: readonly Line[];
}

export interface Line {
  readonly points: readonly Point[];
  readonly junctions: readonly Point[];
}

/** Reads the engine's answer; its `$H` and other marks of its own are left behind. */
export function readAnswer(root: ElkNode, direction: Direction): Answer {
  const nodes = [...indexNodes(root).values()];
  const ports = nodes.flatMap((node) => node.ports ?? []);
  const point = (shape: Partial<Point>): Point => pointOf(turn(shape, direction));
  return {
    ...sizeOnly(boxOf(turn(root, direction))),
    boxes: new Map(nodes.map((node) => [node.id, boxOf(turn(node, direction))])),
    ports: new Map(ports.map((port) => [port.id, point(port)])),
    lines: (root.edges ?? []).map(({ sections, junctionPoints }) => ({
      points: (sections ?? [])
        .slice(0, 1)
        .flatMap(({ startPoint, bendPoints, endPoint }) => [
          startPoint,
          ...(bendPoints ?? []),
          endPoint,
        ])
        .map(point),
      junctions: (junctionPoints ?? []).map(point),
    })),
  };
}

/** Every node of the engine's answer, by id, in the engine's own direction. */
export function indexNodes(root: ElkNode): Map<string, ElkNode> {
  const index = new Map<string, ElkNode>();
  const visit = (node: ElkNode): void => {
    index.set(node.id, node);
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return index;
}

/** Tenths of a pixel: enough for the eye, and short in golden files. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) };
}

function pointOf({ x = 0, y = 0 }: Partial<Point>): Point {
  return { x: tenth(x), y: tenth(y) };
}

function sizeOnly({ width, height }: Box): { width: number; height: number } {
  return { width, height };
}
