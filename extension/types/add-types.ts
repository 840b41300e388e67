import * as vscode from 'vscode';
import { UserError } from '../user-error.ts';
import { isMissingTypes, referenceLine, referencePlace, TYPES_FOLDER } from './reference.ts';

/** Copies the declarations of the model into `folder`, unless they are there; answers where. */
export async function copyTypes(extensionUri: vscode.Uri, folder: vscode.Uri): Promise<vscode.Uri> {
  const { fs } = vscode.workspace;
  const types = vscode.Uri.joinPath(folder, TYPES_FOLDER);
  const isThere = await fs.stat(types).then(
    () => true,
    () => false,
  );
  if (!isThere) await fs.copy(vscode.Uri.joinPath(extensionUri, 'types'), types);
  return types;
}

/**
 * Makes the editor know `PortalsJS` in the file at `uri`, or else in the open one: the declarations
 * go into the folder, and a reference to them into the file. That holds whatever a `tsconfig.json`
 * says, and in a folder that has none.
 */
export async function addTypes(extensionUri: vscode.Uri, uri?: vscode.Uri): Promise<void> {
  const file = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (file?.scheme !== 'file') {
    throw new UserError(
      'PORTALS_NO_PROGRAM',
      'There is no file on disk to add types to.',
      'Open a portal app first, and save it.',
    );
  }
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri ?? vscode.Uri.joinPath(file, '..');
  const types = await copyTypes(extensionUri, folder);
  const document = await vscode.workspace.openTextDocument(file);
  const line = referenceLine(file.path, types.path);
  if (document.getText().includes(line)) return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(file, new vscode.Position(referencePlace(document.getText()), 0), line);
  await vscode.workspace.applyEdit(edit);
}

/** Offers {@link addTypes} where TypeScript complains that it does not know the model. */
export const TYPES_FIX: vscode.CodeActionProvider = {
  provideCodeActions(document, _range, { diagnostics }) {
    const missing = diagnostics.filter(({ message }) => isMissingTypes(message));
    if (missing.length === 0) return [];
    const title = 'Add Portals types to this folder';
    const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    fix.command = { title, command: 'portals.addTypes', arguments: [document.uri] };
    fix.diagnostics = missing;
    fix.isPreferred = true;
    return [fix];
  },
};
