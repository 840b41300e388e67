import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isPortalDocument } from '../lenses/active-app.ts';
import { UserError } from '../user-error.ts';
import { configurationFor } from './configuration.ts';

/**
 * Debugs, or with `noDebug` runs, the app at `target`, or else the one in the active editor. Where
 * the workspace is not trusted yet, VS Code asks for trust before it starts.
 *
 * @throws UserError if there is no such file.
 */
export async function startFile(
  target: vscode.Uri | undefined,
  options: { readonly noDebug: boolean },
): Promise<void> {
  const uri = await savedFile(target ?? vscode.window.activeTextEditor?.document.uri);
  // Dismissed: the user decided not to save, hence not to run.
  if (uri === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const configuration = configurationFor(uri.fsPath, basename(uri.fsPath));
  await vscode.debug.startDebugging(folder, configuration, { noDebug: options.noDebug });
}

/**
 * F5 while no configuration is selected, as far as a key binding can tell. It cannot tell a
 * compound from none, nor, before this extension is awake, whether the open file is an app: starts
 * the file if it is one and there is no compound to be meant, and else does what F5 does by itself.
 */
export async function startOpenFile(options?: { readonly noDebug?: boolean }): Promise<void> {
  const noDebug = options?.noDebug === true;
  const document = vscode.window.activeTextEditor?.document;
  if (document && isPortalDocument(document) && !hasCompounds()) {
    await startFile(document.uri, { noDebug });
    return;
  }
  await vscode.commands.executeCommand(`workbench.action.debug.${noDebug ? 'run' : 'start'}`);
}

/** Where there is any configuration or compound, VS Code has one selected. */
function hasCompounds(): boolean {
  const places = [undefined, ...(vscode.workspace.workspaceFolders ?? [])];
  return places.some((place) => {
    const compounds = vscode.workspace
      .getConfiguration('launch', place)
      .get<unknown[]>('compounds');
    return Array.isArray(compounds) && compounds.length > 0;
  });
}

/** A program runs from disk: an untitled one is saved first, where the user wants it. */
async function savedFile(uri: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (uri?.scheme === 'untitled') return vscode.workspace.saveAs(uri);
  if (uri?.scheme === 'file') return uri;
  throw new UserError(
    'PORTALS_NO_PROGRAM',
    uri ? `'${basename(uri.path)}' is not a file on disk.` : 'No portal app is open.',
    'Open a portal app from disk, or start from an example.',
    [{ title: 'Open an Example', command: 'portals.openExample' }],
  );
}
