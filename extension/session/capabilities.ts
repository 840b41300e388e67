import * as vscode from 'vscode';
import type { PortalsCapabilities } from '../../debug-adapter/protocol.ts';

/** Capabilities of a debug adapter that VS Code itself does not use. */
export interface AdapterCapabilities {
  /** The adapter can go to any recorded step. */
  readonly seeks: boolean;
  /** The adapter can reload changed code at the same step. */
  readonly reloads: boolean;
}

const NONE: AdapterCapabilities = { seeks: false, reloads: false };

/**
 * Records the response to `initialize` of each session by a tracker, because VS Code does not
 * expose it.
 */
export class Capabilities implements vscode.Disposable {
  readonly #bySession = new Map<string, AdapterCapabilities>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.debug.registerDebugAdapterTrackerFactory('portals', {
      createDebugAdapterTracker: ({ id }) => ({
        onDidSendMessage: (message: unknown) => this.#onMessage(id, message),
        onWillStopSession: () => this.#bySession.delete(id),
      }),
    });
  }

  of(sessionId: string): AdapterCapabilities {
    return this.#bySession.get(sessionId) ?? NONE;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #onMessage(id: string, message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const { command, body } = message as { command?: unknown; body?: unknown };
    if (command !== 'initialize' || typeof body !== 'object' || body === null) return;
    const reported = body as PortalsCapabilities & { readonly supportsStepBack?: boolean };
    const { supportsStepBack: seeks, supportsReload: reloads } = reported;
    this.#bySession.set(id, { seeks: seeks === true, reloads: reloads === true });
  }
}
