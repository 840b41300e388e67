import type { Palette } from '../../layout/drawing/index.ts';

/** The diagram's palette as VS Code theme colours; `theme.css` derives those that themes lack. */
export const THEME: Palette = {
  background: 'var(--vscode-editor-background)',
  foreground: 'var(--vscode-editor-foreground)',
  muted: 'var(--muted)',
  ground: 'var(--ground)',
  band: 'var(--band)',
  frame: 'var(--frame)',
  surface: 'var(--vscode-editor-background)',
  stream: 'var(--stream)',
  flow: 'var(--flow)',
  request: 'var(--request)',
  reply: 'var(--reply)',
  generator: 'var(--generator)',
  task: 'var(--task)',
  router: 'var(--router)',
  portal: 'var(--portal)',
};
