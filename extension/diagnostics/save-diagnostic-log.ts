import * as vscode from 'vscode';
import type { PortalsSession } from '../session/portals-session.ts';
import { diagnosticLog, diagnosticLogName } from './diagnostic-log.ts';

/** Asks where to save the diagnostic log of `session`, and opens it for review. */
export async function saveDiagnosticLog(
  session: PortalsSession,
  extension: vscode.Extension<unknown>,
): Promise<void> {
  const adapter = await session.diagnostics();
  const name = diagnosticLogName(new Date());
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save Diagnostic Log',
    filters: { JSON: ['json'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const environment = {
    vscode: vscode.version,
    extension: String(extension.packageJSON.version),
    platform: `${process.platform}-${process.arch}`,
  };
  const content = new TextEncoder().encode(diagnosticLog(environment, adapter));
  await vscode.workspace.fs.writeFile(target, content);
  await vscode.window.showTextDocument(target);
}
