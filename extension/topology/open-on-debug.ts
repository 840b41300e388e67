import * as vscode from 'vscode';
import type { Sessions } from '../session/sessions.ts';
import type { TopologyPanel } from './topology-panel.ts';

/** Opens the topology when a session starts, if the setting is enabled. */
export function openOnDebug(sessions: Sessions, panel: TopologyPanel): vscode.Disposable {
  return sessions.onDidStart(() => {
    const settings = vscode.workspace.getConfiguration('portals.topology');
    if (settings.get<boolean>('openOnDebug', true)) panel.show();
  });
}
