import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/project.mjs';
import type { Editor, Workbench } from '../workbench/index.ts';

/** Opens an example, presses F5 and waits for the stop before the first atom. */
export async function debugExample(workbench: Workbench, name: string): Promise<Editor> {
  const editor = await workbench.openFile(name);
  // The button appears once the file is recognized as a portal app.
  await workbench.hasEditorAction('Debug Portal App');
  await workbench.key('F5');
  await workbench.debug.paused();
  await workbench.debug.show();
  await workbench.debug.callStack.find(/Before the first atom/);
  return editor;
}

/** The number of the first line of an example that contains the text. */
export function lineOf(name: string, text: string): number {
  const lines = readFileSync(join(root, 'examples', name), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  assert.notEqual(index, -1, `${name} has a line ${text}`);
  return index + 1;
}
