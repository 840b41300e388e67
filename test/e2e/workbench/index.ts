export type { Editor } from './editor.ts';
export { eventually, limitMs } from './eventually.ts';
export { ServedVsCode } from './served-vscode.ts';
export type { Workbench } from './workbench.ts';
