import { it } from 'node:test';
import type { ServedVsCode } from '../workbench/index.ts';
import { debugExample } from './debugged-example.ts';

const EXAMPLE = 'recursive-cycle.js';

/** Saving a file during a session, and the offer to reload. */
export function reload(vscode: ServedVsCode): void {
  it('saving a file offers to reload the changed code at the same step', () =>
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
      await workbench.hasNotification(`${EXAMPLE} changed.`);
      await workbench.pressNotificationButton('Reload');
      await workbench.statusBarShows('Reloaded: the new code takes the same 2 steps.');
      await debug.stopped(/Reloaded/);
      await debug.press('Step Atom');
      await debug.stopped(/Before the atom of step 3\b/);
    }));
}
