import * as vscode from 'vscode';
import { PROGRAM_EXTENSIONS } from '../launch/attributes.ts';
import { copyTypes } from '../types/add-types.ts';
import { referenceLine } from '../types/reference.ts';
import { UserError } from '../user-error.ts';
import { completeStep } from '../views/walkthrough.ts';
import { describeExample, type Example } from './catalog.ts';

/**
 * Lets the user pick an example, copies it into a workspace folder and opens it. An existing file
 * is opened, not replaced.
 */
export async function openExample(extensionUri: vscode.Uri): Promise<void> {
  const examples = await readExamples(vscode.Uri.joinPath(extensionUri, 'examples'));
  const picked = await vscode.window.showQuickPick(
    examples.map((example) => ({
      label: example.title,
      description: example.file,
      detail: example.summary,
      example,
    })),
    { title: 'Open a Portals Example', matchOnDescription: true, matchOnDetail: true },
  );
  if (!picked) return;
  const folder = await chooseFolder();
  if (!folder) return;
  const target = vscode.Uri.joinPath(folder, picked.example.file);
  if (!(await exists(target))) await copyExample(extensionUri, picked.example.file, folder);
  await vscode.window.showTextDocument(target);
  completeStep('example');
}

/** Copies an example with a reference to the type declarations. */
async function copyExample(
  extensionUri: vscode.Uri,
  file: string,
  folder: vscode.Uri,
): Promise<void> {
  const { fs } = vscode.workspace;
  const types = await copyTypes(extensionUri, folder);
  const target = vscode.Uri.joinPath(folder, file);
  const source = await fs.readFile(vscode.Uri.joinPath(extensionUri, 'examples', file));
  const reference = referenceLine(target.path, types.path);
  const text = Buffer.concat([new TextEncoder().encode(reference), source]);
  await fs.writeFile(target, text);
}

async function readExamples(folder: vscode.Uri): Promise<Example[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const files = entries
    .map(([name]) => name)
    .filter((name) => PROGRAM_EXTENSIONS.some((extension) => name.endsWith(extension)));
  if (files.length === 0) {
    throw new UserError(
      'PORTALS_NO_EXAMPLES',
      'The installed extension does not contain the examples.',
      'Reinstall the extension.',
    );
  }
  const decoder = new TextDecoder();
  const sources = await Promise.all(
    files.map(async (file) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, file));
      return { file, source: decoder.decode(bytes) };
    }),
  );
  // The shortest examples come first.
  sources.sort((one, other) => one.source.length - other.source.length);
  return sources.map(({ file, source }) => describeExample(file, source));
}

/** The only workspace folder, or the folder that the user chooses. */
async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (only && folders.length === 1) return only.uri;
  if (only) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: 'Copy the Example Into…',
    openLabel: 'Copy Here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
