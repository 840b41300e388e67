import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isPortalDocument } from '../lenses/active-app.ts';
import { UserError } from '../user-error.ts';
import { configurationFor } from './configuration.ts';

/**
 * Debugs or, with `noDebug`, runs the app at `target`, else the app in the active editor. VS Code
 * asks for workspace trust if necessary.
 *
 * @throws UserError if there is no such file.
 */
export async function startFile(
  target: vscode.Uri | undefined,
  options: { readonly noDebug: boolean },
): Promise<void> {
  const uri = await savedFile(target ?? vscode.window.activeTextEditor?.document.uri);
  // The user dismissed the save dialog.
  if (uri === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const configuration = configurationFor(uri.fsPath, basename(uri.fsPath));
  await vscode.debug.startDebugging(folder, configuration, { noDebug: options.noDebug });
}

/**
 * Handles F5 while no configuration is selected. A key binding cannot distinguish a selected
 * compound from no selection, nor detect an app before activation. Starts the active file if it is
 * an app and no compound exists; otherwise runs the default command of F5.
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

/** True if a launch.json defines compounds; VS Code then has one selected. */
function hasCompounds(): boolean {
  const places = [undefined, ...(vscode.workspace.workspaceFolders ?? [])];
  return places.some((place) => {
    const compounds = vscode.workspace
      .getConfiguration('launch', place)
      .get<unknown[]>('compounds');
    return Array.isArray(compounds) && compounds.length > 0;
  });
}

/** The file to run; saves an untitled document first. */
async function savedFile(uri: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (uri?.scheme === 'untitled') return vscode.workspace.saveAs(uri);
  if (uri?.scheme === 'file') return uri;
  throw new UserError(
    'PORTALS_NO_PROGRAM',
    uri ? `'${basename(uri.path)}' is not a file on disk.` : 'No portal app is open.',
    'Open a portal app from disk, or start with an example.',
    [{ title: 'Open an Example', command: 'portals.openExample' }],
  );
}
