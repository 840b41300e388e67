import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AppOnDisk, LIMIT_MS, stopped, until } from './app-on-disk.ts';

const SUM = { task: '/counting/workflows/summed/sum', state: 'sum' };

describe('the state of a debugged app', function () {
  this.timeout(4 * LIMIT_MS);
  const app = new AppOnDisk();

  it('the context menu deletes a state, which forks the history', async () => {
    const session = await app.debug();
    for (let step = 1; step <= 4; step += 1) {
      await stopped(session, step - 1);
      await vscode.commands.executeCommand('portals.stepAtom');
    }
    await stopped(session, 4);
    assert.equal(await valueCount(session), 1);
    await vscode.commands.executeCommand('portals.stepBackAtom');
    await until('the app is at step 3', async () => (await stopped(session)).step === 3);

    const { container, variable } = await rowOf(session, 'sum');
    const row = { sessionId: session.id, container, variable };
    await vscode.commands.executeCommand('portals.deleteState', row);
    assert.equal(await valueCount(session), 0);
    const { branch, branches } = await stopped(session);
    assert.equal(branch, 1);
    assert.equal(branches[1]?.reason, `deleted sum of ${SUM.task}`);
  });
});

/** How many values the task's state has. */
async function valueCount(session: vscode.DebugSession): Promise<number> {
  return (await session.customRequest('portals/state', SUM)).total;
}

/** A row of the scope `Task state`, as VS Code hands it to a command of its menu. */
async function rowOf(session: vscode.DebugSession, name: string) {
  const { threads } = await session.customRequest('threads');
  const thread = threads.find((each: { name: string }) => each.name === 'summed');
  const { stackFrames } = await session.customRequest('stackTrace', { threadId: thread.id });
  const { scopes } = await session.customRequest('scopes', { frameId: stackFrames[0].id });
  const container = scopes.find((scope: { name: string }) => scope.name === 'Task state');
  const { variablesReference } = container;
  const { variables } = await session.customRequest('variables', { variablesReference });
  const variable = variables.find((each: { name: string }) => each.name.endsWith(name));
  assert.equal(variable?.__vscodeVariableMenuContext, 'state');
  return { container, variable };
}
