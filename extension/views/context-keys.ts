import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions.ts';

/**
 * Sets the context key `portals.known` once there was a session in this window: the timeline is no
 * tab of the panel area for those who only write JavaScript, and stays one when a session ends.
 */
export function rememberUse(sessions: Sessions): vscode.Disposable {
  return sessions.onDidStart(() =>
    vscode.commands.executeCommand('setContext', 'portals.known', true),
  );
}
