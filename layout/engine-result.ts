import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Box, Direction, Point } from './geometry.ts';
import { transpose } from './graph.ts';

/** The result of the layout engine, in the direction of the diagram and indexed by id. */
export interface EngineResult {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly ports: ReadonlyMap<string, Point>;
  /** In the order of the input edges. */
  readonly lines: readonly Line[];
}

export interface Line {
  readonly points: readonly Point[];
  readonly junctions: readonly Point[];
}

/** Reads the result of the engine without its internal properties such as `$H`. */
export function readEngineResult(root: ElkNode, direction: Direction): EngineResult {
  const nodes = [...indexNodes(root).values()];
  const ports = nodes.flatMap((node) => node.ports ?? []);
  const point = (shape: Partial<Point>): Point => pointOf(transpose(shape, direction));
  return {
    ...sizeOnly(boxOf(transpose(root, direction))),
    boxes: new Map(nodes.map((node) => [node.id, boxOf(transpose(node, direction))])),
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

/** Every node of the result by id, in the direction of the engine. */
export function indexNodes(root: ElkNode): Map<string, ElkNode> {
  const index = new Map<string, ElkNode>();
  const visit = (node: ElkNode): void => {
    index.set(node.id, node);
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return index;
}

/** Rounds to tenths of a pixel, which keeps golden files short. */
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
