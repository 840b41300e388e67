import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Box,
  type Direction,
  type Layout,
  type LayoutEdge,
  layoutTopology,
} from '../../../layout/index.ts';
import type { Topology } from '../../../runtime/index.ts';
import { contains, overlaps } from '../boxes.ts';
import { generatedTopology } from '../generated.ts';
import * as topologies from '../topologies.ts';

const DIRECTIONS: readonly Direction[] = ['right', 'down'];
const BY_HAND = {
  'word count': topologies.wordCount(),
  'shopping cart': topologies.shoppingCart(),
  'recursive cycle': topologies.recursiveCycle(),
  'two applications': topologies.twoApplications(),
  '300 elements': topologies.large(300),
};

for (const [name, topology] of Object.entries(BY_HAND)) {
  for (const direction of DIRECTIONS) {
    test(`${name}, ${direction}: everything has its place`, async () => {
      const layout = await layoutTopology(topology, direction);
      checkComplete(topology, layout);
      checkNesting(layout);
      checkNoOverlap(layout);
      checkEnds(layout);
    });
  }
}

test('any topology gets a complete, deterministic layout', async () => {
  await fc.assert(
    fc.asyncProperty(
      generatedTopology,
      fc.constantFrom(...DIRECTIONS),
      async (topology, direction) => {
        const layout = await layoutTopology(topology, direction);
        checkComplete(topology, layout);
        checkNesting(layout);
        checkNoOverlap(layout);
        checkEnds(layout);
        assert.deepEqual(await layoutTopology(topology, direction), layout);
      },
    ),
    { numRuns: 60 },
  );
});

test('a cycle is laid out forward from its generator, however it is closed', async () => {
  const { nodes, groups } = await layoutTopology(topologies.recursiveCycle());
  const left = (path: string): number =>
    [...nodes, ...groups].find((box) => box.path === path)?.x ?? Number.NaN;
  assert.ok(left('/cycle/generators/$1') < left('/cycle/sequencers/$2'));
  assert.ok(left('/cycle/sequencers/$2') < left('/cycle/workflows/loop'));
});

test('the tasks of a chain are aligned', async () => {
  const { nodes } = await layoutTopology(topologies.wordCount());
  const tasks = nodes.filter(({ kind }) => kind === 'task');
  assert.equal(tasks.length, 4);
  assert.equal(new Set(tasks.map(({ y }) => y)).size, 1);
});

test('a layout contains no properties of the engine', async () => {
  const text = JSON.stringify(await layoutTopology(topologies.shoppingCart()));
  assert.doesNotMatch(text, /\$H|_s0|null/);
});

function checkComplete(topology: Topology, layout: Layout): void {
  const placed = [...layout.groups, ...layout.nodes].map(({ path }) => path).sort();
  const elements = [...topology.applications, ...topology.nodes].map(({ path }) => path).sort();
  assert.deepEqual(placed, elements);
  const ids = layout.edges.map(({ id }) => id).sort();
  assert.deepEqual(ids, topology.edges.map(({ id }) => id).sort());
}

/** Every element is inside its group. */
function checkNesting(layout: Layout): void {
  const { width, height } = layout;
  const boxes = new Map<string, Box>(
    [...layout.groups, ...layout.nodes].map((item) => [item.path, item]),
  );
  const page = { x: 0, y: 0, width, height };
  for (const item of [...layout.groups, ...layout.nodes]) {
    const outer = item.parent === undefined ? page : boxes.get(item.parent);
    assert.ok(outer && contains(outer, item), `${item.path} lies within ${item.parent}`);
  }
  for (const { header, ...group } of layout.groups) assert.ok(contains(group, header));
  for (const { labelBox, ...node } of layout.nodes) assert.ok(contains(node, labelBox));
}

/** Unrelated elements do not overlap, and no element overlaps a workflow header. */
function checkNoOverlap(layout: Layout): void {
  const items = [...layout.groups, ...layout.nodes];
  for (const [index, a] of items.entries()) {
    for (const b of items.slice(index + 1)) {
      if (a.parent !== b.parent) continue;
      assert.ok(!overlaps(a, b), `${a.path} and ${b.path} do not overlap`);
    }
  }
  for (const { path, header } of layout.groups) {
    for (const node of layout.nodes) {
      assert.ok(!overlaps(header, node), `${node.path} is not in the header of ${path}`);
    }
  }
}

/** Every edge runs orthogonally from border to border. */
function checkEnds(layout: Layout): void {
  const boxes = new Map<string, Box>(
    [...layout.groups, ...layout.nodes].map((item) => [item.path, item]),
  );
  for (const edge of layout.edges) {
    assert.ok(edge.points.length >= 2, `${edge.id} is a line`);
    checkSquare(edge);
    for (const [path, point] of [
      [edge.from, edge.points[0]],
      [edge.to, edge.points.at(-1)],
    ] as const) {
      const box = boxes.get(path);
      assert.ok(box && point && isOnBorder(box, point), `${edge.id} meets ${path}`);
    }
  }
}

function checkSquare({ id, points }: LayoutEdge): void {
  for (const [index, point] of points.slice(1).entries()) {
    const before = points[index];
    const square = before !== undefined && (near(before.x, point.x) || near(before.y, point.y));
    assert.ok(square, `${id} has no slanted piece`);
  }
}

function isOnBorder(box: Box, { x, y }: { x: number; y: number }): boolean {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const inside = x >= box.x - 0.2 && x <= right + 0.2 && y >= box.y - 0.2 && y <= bottom + 0.2;
  return inside && (near(x, box.x) || near(x, right) || near(y, box.y) || near(y, bottom));
}

/** Positions are rounded to tenths. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.2;
}
