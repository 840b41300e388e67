import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions.ts';

/**
 * Opens *Run and Debug* when the first session stops on entry, which VS Code itself does only at
 * breakpoints. The focus stays in the editor.
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
