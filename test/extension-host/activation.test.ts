import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  const extension = () => {
    const found = vscode.extensions.getExtension('portals.portals-debugger');
    assert.ok(found, 'VS Code knows the extension');
    return found;
  };

  it('does not activate at startup', () => {
    assert.equal(extension().isActive, false);
  });

  it('contributes the debugger', () => {
    const { debuggers } = extension().packageJSON.contributes;
    assert.deepEqual(
      debuggers.map((contributed: { type: string }) => contributed.type),
      ['portals'],
    );
  });

  it('activates without an error', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });
});
