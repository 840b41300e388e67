import type { LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Direction } from './geometry.ts';
import { GROUP_HEADER_HEIGHT } from './sizes.ts';

/** Every level of nesting is laid out with its own options, hence repeats these. */
const ALGORITHM: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.randomSeed': '1',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  // Network simplex makes prettier pictures, but the engine fails on nested groups with it.
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
};

const APPLICATION_SPACING: LayoutOptions = {
  'elk.layered.spacing.nodeNodeBetweenLayers': '68',
  'elk.layered.spacing.edgeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.nodeNode': '34',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.portPort': '14',
};

export const ROOT_OPTIONS: LayoutOptions = {
  ...ALGORITHM,
  ...APPLICATION_SPACING,
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
};

export function applicationOptions(direction: Direction): LayoutOptions {
  return { ...ALGORITHM, ...APPLICATION_SPACING, 'elk.padding': padding(16, 24, direction) };
}

export function workflowOptions(direction: Direction): LayoutOptions {
  return {
    ...ALGORITHM,
    'elk.contentAlignment': '[V_CENTER,H_LEFT]',
    'elk.layered.spacing.nodeNodeBetweenLayers': '30',
    'elk.layered.spacing.edgeNodeBetweenLayers': '14',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
    'elk.spacing.nodeNode': '20',
    'elk.spacing.edgeNode': '14',
    'elk.spacing.edgeEdge': '10',
    'elk.spacing.portPort': '14',
    'elk.padding': padding(18, 24, direction),
  };
}

/** Room around what a group holds; its header is on top, which a turned picture has at the left. */
function padding(belowHeader: number, around: number, direction: Direction): string {
  const header = GROUP_HEADER_HEIGHT + belowHeader;
  const [top, left] = direction === 'right' ? [header, around] : [around, header];
  return `[top=${top},left=${left},bottom=${around},right=${around}]`;
}
