import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions.ts';
import { isPast, statusText } from './status-text.ts';

/** Just right of the debug session's own item, which has priority 30. */
const PRIORITY = 29;

/** Signals that the session is in the past. */
const PAST = new vscode.ThemeColor('statusBarItem.warningBackground');

/** Shows step, branch, phase and seed of the current session. */
export function createStatusBar(sessions: Sessions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'portals.status',
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  item.name = 'Portals';
  item.command = 'portals.showTimeline';
  const update = (): void => {
    const status = sessions.current?.status;
    if (!status) {
      item.hide();
      return;
    }
    const { text, tooltip } = statusText(status);
    item.text = text;
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.backgroundColor = isPast(status) ? PAST : undefined;
    item.show();
  };
  return vscode.Disposable.from(item, sessions.onDidChange(update));
}
