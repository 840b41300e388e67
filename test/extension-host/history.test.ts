import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AppOnDisk, LIMIT_MS, stopped, until } from './app-on-disk.ts';

describe('the history of a debugged app', function () {
  this.timeout(4 * LIMIT_MS);
  const app = new AppOnDisk();

  /** Waits until `session` is stopped at exactly `step`. */
  async function at(session: vscode.DebugSession, step: number): Promise<void> {
    let last = -1;
    await until(`the app is at step ${step}`, async () => {
      const status = await session.customRequest('portals/status');
      last = status.stopped === undefined ? -1 : status.step;
      return last === step;
    });
    assert.equal(last, step);
  }

  /** Debugs the app and makes `steps` steps. */
  async function stepped(steps: number): Promise<vscode.DebugSession> {
    const session = await app.debug();
    await stopped(session);
    for (let step = 1; step <= steps; step += 1) {
      await vscode.commands.executeCommand('portals.stepAtom');
      await at(session, step);
    }
    return session;
  }

  it('supports stepping and seeking, backward and forward', async () => {
    const session = await stepped(4);
    await vscode.commands.executeCommand('portals.stepBackAtom');
    await at(session, 3);
    await vscode.commands.executeCommand('portals.seek', 0);
    await at(session, 0);
    const { recorded } = await session.customRequest('portals/status');
    assert.equal(recorded, 4);
    await vscode.commands.executeCommand('portals.seek', 4);
    await at(session, 4);
  });

  it('is the same after replaying it', async () => {
    const session = await stepped(4);
    const window = { start: 0, count: 4 };
    const { items } = await session.customRequest('portals/history', window);
    await vscode.commands.executeCommand('portals.seek', 1);
    await at(session, 1);
    await vscode.commands.executeCommand('portals.stepAtom');
    await at(session, 2);
    const again = await session.customRequest('portals/history', window);
    assert.deepEqual(again.items, items);
  });

  it('commands act on the active session only', async () => {
    const one = await stepped(2);
    const two = await app.debugBeside();
    await at(two, 0);
    await two.customRequest('portals/stepAtom', {});
    await at(two, 1);
    assert.equal(vscode.debug.activeDebugSession?.id, one.id);
    await vscode.commands.executeCommand('portals.stepBackAtom');
    await at(one, 1);
    await vscode.commands.executeCommand('portals.seek', 2);
    await at(one, 2);
    await at(two, 1);
  });
});
