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
app.workflowsWithName('summed').source(numbers.stream).map((ctx) => (n) => {
  const sum = PortalsJS.PerTaskState('sum', 0, ctx);
  sum.set(sum.get() + n);
  return sum.get();
}).withName('sum').sink().freeze();
const system = PortalsJS.System();
system.launch(app.build());
system.stepUntilComplete();
`;

/** A generous limit for busy machines. */
export const LIMIT_MS = 30_000;

/** A portal app on disk, shown before each test of the enclosing `describe` and ended after it. */
export class AppOnDisk {
  #folder = '';
  #uri = vscode.Uri.file('/');
  /** Started and not ended; VS Code may report an ended session as active. */
  readonly #running = new Set<string>();

  constructor() {
    const subscriptions: vscode.Disposable[] = [];
    before(() => {
      subscriptions.push(
        vscode.debug.onDidStartDebugSession(({ id }) => this.#running.add(id)),
        vscode.debug.onDidTerminateDebugSession(({ id }) => this.#running.delete(id)),
      );
      this.#folder = mkdtempSync(join(tmpdir(), 'portals-debug-'));
      this.#uri = vscode.Uri.file(join(this.#folder, 'counting.js'));
      writeFileSync(this.#uri.fsPath, APP);
    });
    beforeEach(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.window.showTextDocument(this.#uri);
    });
    afterEach(async () => {
      await vscode.debug.stopDebugging();
      await until('no session is left', () => this.#running.size === 0);
    });
    after(() => {
      for (const subscription of subscriptions) subscription.dispose();
      rmSync(this.#folder, { recursive: true });
    });
  }

  get path(): string {
    return this.#uri.fsPath;
  }

  /** Debugs the app as the code lens does. */
  async debug(): Promise<vscode.DebugSession> {
    await vscode.commands.executeCommand('portals.debugFile');
    return active();
  }

  /** Debugs the app again under another name, because VS Code confirms duplicates. */
  async debugBeside(): Promise<vscode.DebugSession> {
    const launch = { type: 'portals', request: 'launch', program: this.path, stopOnEntry: true };
    let beside: vscode.DebugSession | undefined;
    const subscription = vscode.debug.onDidStartDebugSession((session) => {
      beside = session;
    });
    await vscode.debug.startDebugging(undefined, { ...launch, name: 'Beside' });
    await until('the second session has started', () => beside !== undefined);
    subscription.dispose();
    assert.ok(beside);
    return beside;
  }
}

function active(): vscode.DebugSession {
  const session = vscode.debug.activeDebugSession;
  assert.equal(session?.type, 'portals');
  return session;
}

/** The status of `session` once it is stopped after at least `step` steps. */
export async function stopped(session: vscode.DebugSession, step = 0): Promise<StatusBody> {
  let status: StatusBody | undefined;
  await until(`the app stops at step ${step}`, async () => {
    status = (await session.customRequest('portals/status')) as StatusBody;
    return status.stopped !== undefined && status.step >= step;
  });
  assert.ok(status);
  return status;
}

/** Polls until `holds`; VS Code has no events for most of these changes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `${what}, within ${LIMIT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
