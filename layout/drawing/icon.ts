import type { NodeKind, TaskKind, UnitState } from '../../runtime/index.ts';

/** Line drawings in a square of 16 pixels, as path data to be stroked. */
export type IconName = NodeKind | TaskKind | Exclude<UnitState, 'idle'> | 'continuation';

export const ICONS: Readonly<Record<IconName, string>> = {
  generator: 'M2.5 8h.01M6.5 8h.01M10 4l4 4-4 4',
  workflow: 'M2.5 3.5h4v4h-4zM9.5 8.5h4v4h-4zM6.5 5.5h5v3',
  sequencer: 'M2 3.5h3.5l3 4.5H14M2 12.5h3.5l3-4.5',
  splitter: 'M14 3.5h-3.5l-3 4.5H2M14 12.5h-3.5l-3-4.5',
  split: 'M2 8h12M10 4l4 4-4 4',
  portal: 'M8 1.8a6.2 6.2 0 1 0 .01 0ZM8 5a3 3 0 1 0 .01 0Z',
  task: 'M3 3h10v10H3z',
  map: 'M2.5 8h11M9.5 4l4 4-4 4',
  flatMap: 'M2 8h4.5M13.5 3.2 6.5 8h7M6.5 8l7 4.8',
  filter: 'M2.5 3h11L9.6 8v4.2L6.4 14V8z',
  key: 'M5 5.5a2.5 2.5 0 1 0 .01 0ZM7.5 8h6M13.5 8v2.6M10.6 8v2',
  identity: 'M3 6h10M3 10h10',
  processor: 'M4.2 2.8c1.9 0 2.4.8 3 2.4l3 7.2c.3.7.8 1 1.8 1M7.9 7 4.2 13.4',
  init: 'M8 2v5.5M4.9 4.2a5.2 5.2 0 1 0 6.2 0',
  vsm:
    'M3.8 6a2 2 0 1 0 .01 0ZM12.2 6a2 2 0 1 0 .01 0Z' +
    'M5.4 5.4c1.3-2 3.9-2 5.2 0M10.6 10.6c-1.3 2-3.9 2-5.2 0',
  asker: 'M5.4 5.7a2.7 2.7 0 1 1 4 2.4C8.4 8.7 8 9.2 8 10.2M8 13v.01',
  replier: 'M6.2 3.5 2.5 7.2l3.7 3.7M2.5 7.2h7.2a3.6 3.6 0 0 1 3.6 3.6v1.7',
  'asker-replier': 'M5 13.5v-10M2.2 6.3 5 3.5l2.8 2.8M11 2.5v10M8.2 9.7l2.8 2.8 2.8-2.8',
  logger: 'M3 4h10M3 8h10M3 12h6',
  step: 'M3 5h8.5M8.8 2.3 11.5 5 8.8 7.7M13 11H4.5M7.2 8.3 4.5 11l2.7 2.7',
  actor: 'M8 2.2a2.7 2.7 0 1 0 .01 0ZM2.8 13.8c0-2.9 2.2-4.6 5.2-4.6s5.2 1.7 5.2 4.6',
  running: 'M5 3.2 12.5 8 5 12.8z',
  crashed: 'M9.4 1.8 4 9h3.6l-1 5.2L12 7H8.4z',
  recovering: 'M13.2 8.6A5.3 5.3 0 1 1 11.8 4.2M13 1.8v3.4H9.6',
  sealed: 'M4 7.2h8v6.3H4zM5.7 7.2V5a2.3 2.3 0 0 1 4.6 0v2.2',
  failed: 'M8 2a6 6 0 1 0 .01 0ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  continuation:
    'M4 2.2h8M4 13.8h8M5 2.2c0 3.4 3 3.9 3 5.8s-3 2.4-3 5.8M11 2.2c0 3.4-3 3.9-3 5.8s3 2.4 3 5.8',
};
