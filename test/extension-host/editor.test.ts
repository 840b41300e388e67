import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const APP = "const app = PortalsJS.ApplicationBuilder('one');\napp.build();\n";

describe('a portal app in the editor', () => {
  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portals-editor-'));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true });
  });

  /** Opens `source` as the file `name` and returns the titles of its code lenses. */
  async function lensesOf(name: string, source: string): Promise<string[]> {
    const file = join(folder, name);
    writeFileSync(file, source);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    return lenses
      .filter((lens) => lens.command?.command.startsWith('portals.'))
      .map((lens) => `${lens.range.start.line}: ${lens.command?.title.replace(/\$\(.*?\) /, '')}`);
  }

  it('offers Run, Debug and Topology above the builder call', async () => {
    const expected = ['0: Run', '0: Debug', '0: Topology'];
    assert.deepEqual(await lensesOf('app.js', APP), expected);
    assert.deepEqual(await lensesOf('app.ts', APP), expected);
  });

  it('shows no code lenses in other programs', async () => {
    assert.deepEqual(await lensesOf('plain.js', "console.log('ApplicationBuilder()');\n"), []);
    assert.deepEqual(await lensesOf('portals.d.ts', 'ApplicationBuilder(name: string): void;'), []);
  });
});

describe('the types of the model', () => {
  let folder = '';
  let file: vscode.Uri;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'portals-types-'));
    file = vscode.Uri.file(join(folder, 'app.ts'));
    writeFileSync(file.fsPath, APP);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    rmSync(folder, { recursive: true });
  });

  it('are offered for missing declarations and added to folder and file', async () => {
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const name = new vscode.Range(0, 12, 0, 21);
    const complaints = vscode.languages.createDiagnosticCollection('test');
    complaints.set(file, [new vscode.Diagnostic(name, "Cannot find name 'PortalsJS'.")]);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file,
      name,
    );
    complaints.dispose();
    const fix = actions.find(({ title }) => title === 'Add Portals types to this folder');
    assert.ok(fix?.command, `${actions.map(({ title }) => title)}`);
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
    const reference = '/// <reference path="./portals-types/portals.d.ts" />';
    assert.equal(document.lineAt(0).text, reference);
    assert.ok(existsSync(join(folder, 'portals-types', 'portals.d.ts')));
    await vscode.commands.executeCommand('portals.addTypes', file);
    assert.notEqual(document.lineAt(1).text, reference, 'once is enough');
  });
});

describe('what package.json contributes', () => {
  const manifest = () =>
    vscode.extensions.getExtension('portals.portals-debugger')?.packageJSON.contributes;

  it('has every command registered', async () => {
    const registered = await vscode.commands.getCommands();
    const contributed: { command: string }[] = manifest().commands;
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((name) => !registered.includes(name)),
      [],
    );
  });

  it('binds stepping to keys that VS Code does not use', async () => {
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const taken = [...text.matchAll(/"key": "([^"]+)",\s+"command": "([^"]+)"/g)];
    assert.ok(taken.length > 500, 'the default keys of VS Code are listed');
    const ours: { command: string; key: string }[] = manifest().keybindings;
    const stepping = ours.filter(({ command }) => command.startsWith('portals.step'));
    assert.ok(stepping.length > 0);
    for (const { key } of stepping) {
      const holders = taken.filter(([, held]) => held === key).map(([, , command]) => command);
      assert.deepEqual(
        holders.filter((command) => !command?.startsWith('portals.')),
        [],
        `${key} is free`,
      );
    }
  });
});

describe('a launch that cannot work', () => {
  /** Whether any session starts for `configuration`. */
  async function starts(configuration: Record<string, unknown>): Promise<boolean> {
    let started = false;
    const subscription = vscode.debug.onDidStartDebugSession(() => {
      started = true;
    });
    const answered = await vscode.debug.startDebugging(undefined, {
      type: 'portals',
      request: 'launch',
      name: 'Test',
      ...configuration,
    });
    subscription.dispose();
    await vscode.commands.executeCommand('notifications.clearAll');
    return answered || started;
  }

  it('is refused before an adapter starts', async () => {
    assert.equal(await starts({ program: join(tmpdir(), 'no-such-app.js') }), false);
    assert.equal(await starts({ program: __dirname }), false);
    assert.equal(await starts({ program: __filename, seed: 'seven' }), false);
  });
});
