import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AppOnDisk, LIMIT_MS, stopped, until } from './app-on-disk.ts';

describe('a debugged portal app', function () {
  // Starting a session is slow on busy machines.
  this.timeout(4 * LIMIT_MS);
  const app = new AppOnDisk();

  afterEach(() => setOpenOnDebug(undefined));

  it('stops before its first atom and steps one atom at a time', async () => {
    const session = await app.debug();
    assert.equal((await stopped(session)).step, 0);
    await vscode.commands.executeCommand('portals.stepAtom');
    assert.equal((await stopped(session, 1)).step, 1);
  });

  it('runs the step that the user chooses', async () => {
    const session = await app.debug();
    await stopped(session);
    await vscode.commands.executeCommand('portals.stepAtom');
    await stopped(session, 1);
    const { choices } = await session.customRequest('portals/enabled');
    const generate = choices.find((choice: { action: string }) => choice.action === 'generate');
    assert.ok(generate, 'the generator may run before the workflow');
    await vscode.commands.executeCommand('portals.chooseAndStep', { choice: generate });
    const { streams } = await stopped(session, 2);
    assert.equal(streams['/counting/generators/numbers/stream'], 2);
  });

  it('shows the topology beside the editor, which keeps the focus', async () => {
    await stopped(await app.debug());
    await until('the topology is open', () => topologyTabs().length === 1);
    const [tab] = topologyTabs();
    assert.equal(tab?.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.tabGroups.activeTabGroup.viewColumn, vscode.ViewColumn.One);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, app.path);
  });

  it('does not open the topology if the setting is disabled', async () => {
    await setOpenOnDebug(false);
    await stopped(await app.debug());
    await vscode.commands.executeCommand('portals.stepAtom');
    assert.deepEqual(topologyTabs(), []);
    await vscode.commands.executeCommand('portals.showTopology');
    await until('the topology is open', () => topologyTabs().length === 1);
  });

  it('runs to its end without debugging', async () => {
    const ended = new Promise<vscode.DebugSession>((resolve) => {
      const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
        subscription.dispose();
        resolve(session);
      });
    });
    await vscode.commands.executeCommand('portals.runFile');
    assert.equal((await ended).configuration['noDebug'], true);
  });
});

function topologyTabs(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview);
}

async function setOpenOnDebug(value: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('portals.topology');
  await settings.update('openOnDebug', value, vscode.ConfigurationTarget.Global);
}
