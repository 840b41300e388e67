import type { EdgeKind, NodeKind, Topology, TopologyNode } from '../runtime/index.ts';

/** A topology in Graphviz's DOT language; Graphviz does the layout. */
export function dotOf(topology: Topology): string {
  const lines = topology.applications.flatMap(({ path }) => {
    const own = topology.nodes.filter((node) => node.application === path);
    return [
      `  subgraph ${quoted(`cluster ${path}`)} {`,
      `    label=${quoted(path)}; style=dotted;`,
      ...own.filter((node) => node.parent === undefined).flatMap((node) => nodeLines(node, own)),
      '  }',
    ];
  });
  const edges = topology.edges.map(
    ({ from, to, kind }) => `  ${quoted(from)} -> ${quoted(to)} [${EDGE_STYLES[kind]}];`,
  );
  return [
    'digraph topology {',
    '  rankdir=LR; node [fontname="sans-serif"]; edge [fontname="sans-serif"];',
    ...lines,
    ...edges,
    '}',
    '',
  ].join('\n');
}

/** A workflow is a cluster of its tasks with a point of its own, where its edges attach. */
function nodeLines(node: TopologyNode, all: readonly TopologyNode[]): string[] {
  const children = all.filter((child) => child.parent === node.path);
  const own = `    ${quoted(node.path)} [label=${quoted(node.name)}, shape=${SHAPES[node.kind]}];`;
  if (children.length === 0) return [own];
  return [
    `    subgraph ${quoted(`cluster ${node.path}`)} {`,
    `      label=${quoted(node.name)}; style=rounded;`,
    `  ${own}`,
    ...children.flatMap((child) => nodeLines(child, all)).map((line) => `  ${line}`),
    '    }',
  ];
}

const SHAPES: Readonly<Record<NodeKind, string>> = {
  generator: 'cds',
  workflow: 'point',
  task: 'box',
  sequencer: 'invtrapezium',
  splitter: 'trapezium',
  split: 'oval',
  portal: 'doublecircle',
};

const EDGE_STYLES: Readonly<Record<EdgeKind, string>> = {
  stream: 'penwidth=2',
  flow: 'penwidth=1',
  source: 'penwidth=1',
  sink: 'penwidth=1',
  request: 'style=dashed, color="#b35900"',
  reply: 'style=dotted, color="#7c3aad", arrowhead=vee',
};

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
