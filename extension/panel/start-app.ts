import * as vscode from 'vscode';
import type { Start } from '../../webview/panel/messages.ts';

/** Runs the action of a panel button; `ended` is the session shown last. */
export async function startApp(what: Start, ended: vscode.DebugSession | undefined): Promise<void> {
  if (what === 'example') await vscode.commands.executeCommand('portals.openExample');
  else if (what === 'again' && ended !== undefined) {
    await vscode.debug.startDebugging(ended.workspaceFolder, ended.configuration);
  } else await vscode.commands.executeCommand('portals.debugFile');
}
