import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../user-error.ts';
import { chooseNode, type NodeIdentity } from './node.ts';

/** Limits the wait for a command that may not be Node.js. */
const IDENTIFY_TIMEOUT_MS = 5_000;

/** Starts the debug adapter as a process that speaks DAP over stdio. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #extensionPath: string;
  /** Cached identities: starting Node.js takes longer than the rest of the launch. */
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
    const cached = this.#identities.get(command);
    if (cached) return cached;
    const asked = identify(command);
    this.#identities.set(command, asked);
    // A missing Node.js may be installed before the next launch.
    void asked.then((identity) => identity === undefined && this.#identities.delete(command));
    return asked;
  }
}

/**
 * Rejects programs in untrusted workspaces. VS Code asks for trust before it starts a session; this
 * check also covers sessions that other extensions start.
 *
 * @throws UserError if the workspace is not trusted.
 */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError(
    'PORTALS_UNTRUSTED',
    'This workspace is not trusted, so portal apps cannot run.',
    'Trust the workspace to run or debug portal apps.',
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
