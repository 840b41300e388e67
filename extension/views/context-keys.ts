import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions.ts';
import { completeStep } from './walkthrough.ts';

/**
 * Sets the context key `portals.used` after the first session of a window. It adds the timeline to
 * the panel area, where it stays after the session ends.
 */
export function setUsedContextKey(sessions: Sessions): vscode.Disposable {
  return sessions.onDidStart(() => {
    void vscode.commands.executeCommand('setContext', 'portals.used', true);
    completeStep('debug');
  });
}
