import * as vscode from 'vscode';
import type { CallSite } from '../../runtime/index.ts';

/**
 * Opens a builder call in the editor that shows its file, else in another column than the panel.
 */
export async function revealSite(
  site: CallSite | undefined,
  panelColumn: vscode.ViewColumn | undefined,
): Promise<void> {
  if (site === undefined) {
    void vscode.window.setStatusBarMessage('The source position of this element is unknown.', 4000);
    return;
  }
  const uri = vscode.Uri.file(site.url);
  const position = new vscode.Position(site.line - 1, Math.max(0, site.column - 1));
  const shown = vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.fsPath === uri.fsPath,
  );
  const column = shown?.viewColumn ?? columnBeside(panelColumn);
  const editor = await vscode.window.showTextDocument(uri, {
    viewColumn: column,
    selection: new vscode.Range(position, position),
  });
  editor.revealRange(
    new vscode.Range(position, position),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

function columnBeside(panelColumn: vscode.ViewColumn | undefined): vscode.ViewColumn {
  return panelColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
