import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ServedVsCode } from '../workbench/index.ts';

/** The extension before the first session. */
export function installed(vscode: ServedVsCode): void {
  it('the package is listed among the extensions and offers its commands', () =>
    vscode.window('installed', async (workbench) => {
      await workbench.key('F1');
      await workbench.type('>Portals: ');
      const offered = await workbench.choices();
      assert.ok(
        offered.some((label) => label.startsWith('Portals: Open Example')),
        `${offered}`,
      );
      await workbench.key('Escape');
      await workbench.key('Control+Shift+X');
      const listed = workbench.page.locator('.extensions-list .monaco-list-row');
      await listed.filter({ hasText: 'Portals Debugger' }).first().waitFor();
      await workbench.screenshot('extensions');
    }));
}
