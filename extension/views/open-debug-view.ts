import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions.ts';

/**
 * Opens *Run and Debug* with the first session that stops on entry. VS Code does so at breakpoints
 * only, and a newcomer would not see that there is anything to look at. The focus stays put.
 */
export function openDebugView(sessions: Sessions): vscode.Disposable {
  let opened = false;
  return sessions.onDidStart(async ({ debugSession }) => {
    if (opened || debugSession.configuration['stopOnEntry'] !== true) return;
    opened = true;
    const settings = vscode.workspace.getConfiguration('debug');
    if (settings.get('openDebug') === 'neverOpen') return;
    await vscode.commands.executeCommand('workbench.view.debug');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  });
}
