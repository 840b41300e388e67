import * as vscode from 'vscode';
import { UserError } from '../user-error.ts';
import {
  isMissingTypes,
  referenceInsertionLine,
  referenceLine,
  TYPES_FOLDER,
} from './reference.ts';

/** Copies the type declarations into `folder` unless they exist; returns their folder. */
export async function copyTypes(extensionUri: vscode.Uri, folder: vscode.Uri): Promise<vscode.Uri> {
  const { fs } = vscode.workspace;
  const types = vscode.Uri.joinPath(folder, TYPES_FOLDER);
  const exists = await fs.stat(types).then(
    () => true,
    () => false,
  );
  if (!exists) {
    await fs.copy(vscode.Uri.joinPath(extensionUri, 'types'), types);
    const files = await fs.readDirectory(types);
    void vscode.window.showInformationMessage(
      `Added ${files.length} type declaration files in '${TYPES_FOLDER}'. ` +
        'Delete the folder to remove them.',
    );
  }
  return types;
}

/**
 * Declares `PortalsJS` for the file at `uri`, or for the active one: copies the declarations into
 * the folder and adds a reference directive to the file. This works with any `tsconfig.json` and
 * without one.
 */
export async function addTypes(extensionUri: vscode.Uri, uri?: vscode.Uri): Promise<void> {
  const file = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (file?.scheme !== 'file') {
    throw new UserError(
      'PORTALS_NO_PROGRAM',
      'No file on disk is open.',
      'Open a portal app and save it first.',
    );
  }
  const folder = vscode.workspace.getWorkspaceFolder(file)?.uri ?? vscode.Uri.joinPath(file, '..');
  const types = await copyTypes(extensionUri, folder);
  const document = await vscode.workspace.openTextDocument(file);
  const line = referenceLine(file.path, types.path);
  if (document.getText().includes(line)) return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(file, new vscode.Position(referenceInsertionLine(document.getText()), 0), line);
  await vscode.workspace.applyEdit(edit);
}

/** Offers {@link addTypes} for diagnostics about the missing declarations. */
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
