import * as vscode from 'vscode';
import type { PendingContinuation } from '../session/messages.ts';
import type { Sessions } from '../session/sessions.ts';
import { SessionTree } from './session-tree.ts';
import { shortName } from './short-name.ts';

/** The view "Portals: Continuations": pending continuations with links to their callbacks. */
export function createContinuationsView(sessions: Sessions): vscode.Disposable {
  return new SessionTree('portals.continuations', sessions, async (session) =>
    (await session.continuations()).map(continuationItem),
  );
}

function continuationItem(continuation: PendingContinuation): vscode.TreeItem {
  const { id, task, portal, key, request, step, site, uncommitted } = continuation;
  const item = new vscode.TreeItem(`${shortName(task)}, key ${key.preview}`);
  item.id = String(id);
  const awaits = `awaits ${shortName(portal)} ← ${request.preview}`;
  item.description = uncommitted ? `${awaits}, uncommitted` : awaits;
  item.iconPath = new vscode.ThemeIcon(uncommitted ? 'circle-outline' : 'watch');
  item.tooltip = [
    `Request: ${request.preview}`,
    `Portal: ${portal}`,
    `Task: ${task}`,
    `Key: ${key.preview}`,
    uncommitted ? `Registered by step ${step}, not yet committed` : `Registered by step ${step}`,
  ].join('\n');
  if (site) {
    const position = new vscode.Position(site.line - 1, site.column - 1);
    item.command = {
      title: 'Go to Callback',
      command: 'vscode.open',
      arguments: [
        vscode.Uri.file(site.url),
        { selection: new vscode.Range(position, position), preserveFocus: true },
      ],
    };
  }
  return item;
}
