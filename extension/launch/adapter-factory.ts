import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../user-error.ts';
import { chooseNode } from './node.ts';

/** A Node.js that does not print its version by then is not one; the launch must not hang on it. */
const VERSION_TIMEOUT_MS = 5_000;

/** Starts the debug adapter as its own process, speaking DAP on stdio. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #extensionPath: string;
  /** Versions already asked for: starting a Node.js takes longer than the rest of the launch. */
  readonly #versions = new Map<string, Promise<string | undefined>>();

  constructor(extensionPath: string) {
    this.#extensionPath = extensionPath;
  }

  async createDebugAdapterDescriptor(
    session: vscode.DebugSession,
  ): Promise<vscode.DebugAdapterDescriptor> {
    requireTrust();
    const configured = session.configuration['runtimeExecutable'];
    const node = await chooseNode(typeof configured === 'string' ? configured : undefined, {
      version: (command) => this.#version(command),
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

  #version(command: string): Promise<string | undefined> {
    const known = this.#versions.get(command);
    if (known) return known;
    const asked = askVersion(command);
    this.#versions.set(command, asked);
    // A Node.js that was not there may be installed before the next launch.
    void asked.then((version) => version === undefined && this.#versions.delete(command));
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

function askVersion(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, ['--version'], { timeout: VERSION_TIMEOUT_MS }, (error, stdout) => {
      resolve(error ? undefined : stdout);
    });
  });
}
