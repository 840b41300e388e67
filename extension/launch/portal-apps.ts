import * as vscode from 'vscode';
import { isPortalApp, SOURCE_LENGTH_MAX } from '../lenses/builder-calls.ts';
import { PROGRAM_EXTENSIONS } from './attributes.ts';

/** Candidates looked into; a folder with more has a launch.json or is opened file by file. */
const CANDIDATES_MAX = 300;
const SKIPPED = '**/{node_modules,dist,out,build,.git}/**';

/** The files below `folder` (or any workspace folder) that build a portal application. */
export async function findPortalApps(
  folder: vscode.WorkspaceFolder | undefined,
  token?: vscode.CancellationToken,
): Promise<vscode.Uri[]> {
  const extensions = PROGRAM_EXTENSIONS.map((extension) => extension.slice(1)).join(',');
  const glob = `**/*.{${extensions}}`;
  const pattern = folder ? new vscode.RelativePattern(folder, glob) : glob;
  const candidates = await vscode.workspace.findFiles(pattern, SKIPPED, CANDIDATES_MAX, token);
  const decoder = new TextDecoder();
  const checked = await Promise.all(
    candidates.map(async (uri) => {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.length > SOURCE_LENGTH_MAX) return [];
      return isPortalApp(decoder.decode(bytes)) ? [uri] : [];
    }),
  );
  return checked.flat().sort((one, other) => (one.path < other.path ? -1 : 1));
}
