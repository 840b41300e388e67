import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { StatusBody } from '../../debug-adapter/protocol.ts';

const APP = `
const app = PortalsJS.ApplicationBuilder('counting');
const numbers = app.generatorsWithName('numbers').fromRange(0, 6, 2);
app.workflowsWithName('doubled').source(numbers.stream).map((ctx) => (n) => n * 2).sink().freeze();
const system = PortalsJS.System();
system.launch(app.build());
system.stepUntilComplete();
`;

/** Far beyond what anything here takes, on a machine that does several things at once. */
const LIMIT_MS = 30_000;

describe('a debugged portal app', function () {
  // A session starts a process and a window's worth of views; busy machines take their time.
  this.timeout(4 * LIMIT_MS);
  let folder = '';
  let app: vscode.Uri;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portals-debug-'));
    app = vscode.Uri.file(join(folder, 'counting.js'));
    writeFileSync(app.fsPath, APP);
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(app);
  });

  afterEach(async () => {
    await setOpenOnDebug(undefined);
    await vscode.debug.stopDebugging();
    await until('no session is left', () => vscode.debug.activeDebugSession === undefined);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('stops before its first atom and steps one atom at a time', async () => {
    const session = await debugApp();
    assert.equal((await stopped(session)).step, 0);
    await vscode.commands.executeCommand('portals.stepAtom');
    assert.equal((await stopped(session, 1)).step, 1);
  });

  it('takes the choice that the user makes', async () => {
    const session = await debugApp();
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
    await stopped(await debugApp());
    await until('the topology is open', () => topologyTabs().length === 1);
    const [tab] = topologyTabs();
    assert.equal(tab?.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.tabGroups.activeTabGroup.viewColumn, vscode.ViewColumn.One);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, app.fsPath);
  });

  it('does not show the topology where the user does not want it', async () => {
    await setOpenOnDebug(false);
    await stopped(await debugApp());
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

  /** Debugs the open file as the code lens does. */
  async function debugApp(): Promise<vscode.DebugSession> {
    await vscode.commands.executeCommand('portals.debugFile');
    const session = vscode.debug.activeDebugSession;
    assert.equal(session?.type, 'portals');
    return session;
  }
});

/** The status of `session` once it stands still after at least `step` steps. */
async function stopped(session: vscode.DebugSession, step = 0): Promise<StatusBody> {
  let status: StatusBody | undefined;
  await until(`the app stops at step ${step}`, async () => {
    status = (await session.customRequest('portals/status')) as StatusBody;
    return status.stopped !== undefined && status.step >= step;
  });
  assert.ok(status);
  return status;
}

function topologyTabs(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview);
}

async function setOpenOnDebug(value: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('portals.topology');
  await settings.update('openOnDebug', value, vscode.ConfigurationTarget.Global);
}

/** Waits until `holds`; VS Code tells of most of these changes only by letting them be seen. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `${what}, within ${LIMIT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
