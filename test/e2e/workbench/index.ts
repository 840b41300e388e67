export type { DebugPage as Debugging } from './debugging.ts';
export type { Editor } from './editor.ts';
export { eventually, limitMs } from './eventually.ts';
export { ServedVsCode as Serving } from './served-vscode.ts';
export type { Theme, Workbench } from './workbench.ts';
