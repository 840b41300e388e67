export type { DebugPage } from './debugging.ts';
export type { Editor } from './editor.ts';
export { eventually, limitMs } from './eventually.ts';
export { ServedVsCode } from './served-vscode.ts';
export type { Theme, Workbench } from './workbench.ts';
