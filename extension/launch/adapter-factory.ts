import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../user-error.ts';
import { chooseNode, type NodeIdentity } from './node.ts';

/** What does not answer by then is no Node.js; the launch must not hang on it. */
const IDENTIFY_TIMEOUT_MS = 5_000;

/** Starts the debug adapter as its own process, speaking DAP on stdio. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #extensionPath: string;
  /** Those already asked: starting a Node.js takes longer than the rest of the launch. */
  readonly #identities = new Map<string, Promise<NodeIdentity | undefined>>();

  constructor(extensionPath: string) {
    this.#extensionPath = extensionPath;
  }

  async createDebugAdapterDescriptor(
    session: vscode.DebugSession,
  ): Promise<vscode.DebugAdapterDescriptor> {
    requireTrust();
    const configured = session.configuration['runtimeExecutable'];
    const node = await chooseNode(typeof configured === 'string' ? configured : undefined, {
      identify: (command) => this.#identify(command),
      ownExecutable: process.execPath,
      ownVersion: process.versions.node,
    });
    const folder = session.workspaceFolder?.uri;
    return new vscode.DebugAdapterExecutable(
      node.command,
      [join(this.#extensionPath, 'dist', 'debug-adapter.js')],
      { env: { ...node.env }, ...(folder?.scheme === 'file' ? { cwd: folder.fsPath } : {}) },
    );
  }

  #identify(command: string): Promise<NodeIdentity | undefined> {
    const known = this.#identities.get(command);
    if (known) return known;
    const asked = identify(command);
    this.#identities.set(command, asked);
    // A Node.js that was not there may be installed before the next launch.
    void asked.then((identity) => identity === undefined && this.#identities.delete(command));
    return asked;
  }
}

/**
 * A program never runs in an untrusted workspace. VS Code asks for trust before it starts a
 * session; this holds as well for sessions that another extension starts.
 *
 * @throws UserError if the workspace is not trusted.
 */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError(
    'PORTALS_UNTRUSTED',
    'Portal apps are programs, and this workspace is not trusted to run any.',
    'Trust the workspace to run or debug.',
    [{ title: 'Manage Workspace Trust', command: 'workbench.trust.manage' }],
  );
}

function identify(command: string): Promise<NodeIdentity | undefined> {
  const question = ['-p', 'process.version + " " + process.execPath'];
  return new Promise((resolve) => {
    execFile(command, question, { timeout: IDENTIFY_TIMEOUT_MS }, (error, stdout) => {
      const [, version, executable] = /^(v\S+) (.+)$/m.exec(stdout) ?? [];
      const answered = !error && version !== undefined && executable !== undefined;
      resolve(answered ? { version, executable } : undefined);
    });
  });
}
