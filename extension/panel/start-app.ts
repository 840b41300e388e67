import * as vscode from 'vscode';
import type { Start } from '../../webview/panel/messages.ts';

/** Does what a panel's button promises; `ended` is the session it showed last. */
export async function startApp(what: Start, ended: vscode.DebugSession | undefined): Promise<void> {
  if (what === 'example') await vscode.commands.executeCommand('portals.openExample');
  else if (what === 'again' && ended !== undefined) {
    await vscode.debug.startDebugging(ended.workspaceFolder, ended.configuration);
  } else await vscode.commands.executeCommand('portals.debugFile');
}
