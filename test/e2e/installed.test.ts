import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { releases } from '../../scripts/vscode/releases.mjs';
import { Serving } from './workbench/index.ts';

for (const release of releases) {
  describe(`the package in VS Code ${release.version}`, () => {
    const vscode = Serving.during(release);

    it('is listed among the extensions and offers its commands', () =>
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
  });
}
