import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eventually, type ServedVsCode } from '../workbench/index.ts';

/** A program that does not launch, and where its error appears. */
export function problems(vscode: ServedVsCode): void {
  it('an error of a program that does not launch appears in Problems', () =>
    vscode.window('problems', async (workbench) => {
      await workbench.openFile('word-count.js');
      await workbench.hasEditorAction('Debug Portal App');
      await workbench.key('Control+Home');
      await workbench.page.keyboard.type("import './no-such-module.js';\n");
      await workbench.key('Control+S');
      await workbench.key('F5');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      await workbench.key('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await workbench.command('Problems: Focus on Problems View');
      const rows = workbench.page.locator('.markers-panel .monaco-list-row');
      const labels = await eventually(
        'the error is listed',
        () => rows.allInnerTexts(),
        (texts) => texts.some((text) => text.includes('no-such-module')),
      );
      assert.ok(
        labels.some((text) => text.includes('word-count.js')),
        `${labels}`,
      );
      await workbench.screenshot('listed');
    }));
}
