import { it } from 'node:test';
import type { Serving } from '../workbench/index.ts';
import { debugExample } from './debugged-example.ts';

const EXAMPLE = 'recursive-cycle.js';

/** A file saved while it is debugged, and the offer to run on with it. */
export function reload(vscode: Serving): void {
  it('changed code is run up to the same step when a file is saved, if the user wants it', () =>
    vscode.window('reload', async (workbench) => {
      const { debug } = workbench;
      await debugExample(workbench, EXAMPLE);
      await debug.press('Step Atom');
      await debug.stopped(/Before the atom of step 1\b/);
      await debug.press('Step Atom');
      await debug.stopped(/Before the atom of step 2\b/);

      await workbench.key('Control+End');
      await workbench.page.keyboard.type('// A line more changes nothing.');
      await workbench.key('Control+S');
      await workbench.notified(`${EXAMPLE} has changed.`);
      await workbench.answer('Reload');
      await workbench.told('Reloaded: the new code makes the same 2 steps.');
      await debug.stopped(/Reloaded/);
      await debug.press('Step Atom');
      await debug.stopped(/Before the atom of step 3\b/);
    }));
}
