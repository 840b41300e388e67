export type { Debugging } from './debugging.ts';
export type { Editor } from './editor.ts';
export { eventually, limitMs } from './eventually.ts';
export { Serving } from './serving.ts';
export type { Theme, Workbench } from './workbench.ts';
