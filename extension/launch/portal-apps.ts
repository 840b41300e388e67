import * as vscode from 'vscode';
import { isPortalApp, SOURCE_LENGTH_MAX } from '../lenses/builder-calls.ts';
import { PROGRAM_EXTENSIONS } from './attributes.ts';

/** Maximum number of files searched for portal apps. */
const CANDIDATES_MAX = 300;
const SKIPPED = '**/{node_modules,dist,out,build,.git}/**';

/** The files below `folder` (or any workspace folder) that build a portal application. */
export async function findPortalApps(
  folder: vscode.WorkspaceFolder | undefined,
  token?: vscode.CancellationToken,
): Promise<vscode.Uri[]> {
  const decoder = new TextDecoder();
  const checked = await Promise.all(
    (await findCandidates(folder, token)).map(async (uri) => {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.length > SOURCE_LENGTH_MAX) return [];
      return isPortalApp(decoder.decode(bytes)) ? [uri] : [];
    }),
  );
  return checked.flat().sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function findCandidates(
  folder: vscode.WorkspaceFolder | undefined,
  token: vscode.CancellationToken | undefined,
): Promise<vscode.Uri[]> {
  const extensions = PROGRAM_EXTENSIONS.map((extension) => extension.slice(1)).join(',');
  const glob = `**/*.{${extensions}}`;
  const pattern = folder ? new vscode.RelativePattern(folder, glob) : glob;
  try {
    return await vscode.workspace.findFiles(pattern, SKIPPED, CANDIDATES_MAX, token);
  } catch {
    // Some builds of the VS Code server lack ripgrep; falls back to the open files.
    return vscode.workspace.textDocuments
      .map(({ uri }) => uri)
      .filter(({ scheme, path }) => scheme === 'file' && isProgram(path));
  }
}

function isProgram(path: string): boolean {
  return PROGRAM_EXTENSIONS.some((extension) => path.endsWith(extension));
}
