import type { LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Direction } from './geometry.ts';
import { GROUP_HEADER_HEIGHT } from './sizes.ts';

/** Repeated at every level of nesting, because each level has its own options. */
const ALGORITHM: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.randomSeed': '1',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  // Network simplex gives better layouts, but fails on nested groups.
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
};

/** Options of the whole diagram. */
export function rootOptions(direction: Direction): LayoutOptions {
  return {
    ...applicationOptions(direction),
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.json.shapeCoords': 'ROOT',
    'elk.json.edgeCoords': 'ROOT',
    'elk.padding': '[top=10,left=10,bottom=10,right=10]',
  };
}

export function applicationOptions(direction: Direction): LayoutOptions {
  // Leaves space along a stream for the badges of committed and queued atoms. Stacked badges take
  // less space than badges side by side.
  const [layers, edges] = direction === 'right' ? ['66', '33'] : ['52', '30'];
  return {
    ...ALGORITHM,
    'elk.layered.spacing.nodeNodeBetweenLayers': layers,
    'elk.layered.spacing.edgeNodeBetweenLayers': edges,
    'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
    'elk.spacing.nodeNode': '28',
    'elk.spacing.edgeNode': '18',
    'elk.spacing.edgeEdge': '12',
    'elk.spacing.portPort': '14',
    'elk.padding': padding(10, 18, direction),
  };
}

export function workflowOptions(direction: Direction): LayoutOptions {
  const [layers, edges] = direction === 'right' ? ['28', '14'] : ['22', '11'];
  return {
    ...ALGORITHM,
    'elk.contentAlignment': '[V_CENTER,H_LEFT]',
    'elk.layered.spacing.nodeNodeBetweenLayers': layers,
    'elk.layered.spacing.edgeNodeBetweenLayers': edges,
    'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
    'elk.spacing.nodeNode': '20',
    'elk.spacing.edgeNode': '14',
    'elk.spacing.edgeEdge': '10',
    'elk.spacing.portPort': '14',
    'elk.padding': padding(15, 18, direction),
  };
}

/** Padding of a group. Its header is at the top, which is the left of a transposed graph. */
function padding(belowHeader: number, around: number, direction: Direction): string {
  const header = GROUP_HEADER_HEIGHT + belowHeader;
  const [top, left] = direction === 'right' ? [header, around] : [around, header];
  return `[top=${top},left=${left},bottom=${around},right=${around}]`;
}
