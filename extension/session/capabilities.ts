import * as vscode from 'vscode';
import type { PortalsCapabilities } from '../../debug-adapter/protocol.ts';

/** What an adapter can do beyond what VS Code itself makes use of. */
export interface AdapterCapabilities {
  /** Going to earlier steps, and to recorded later ones. */
  readonly seeks: boolean;
  /** Running on at the same step with changed code. */
  readonly reloads: boolean;
}

const NONE: AdapterCapabilities = { seeks: false, reloads: false };

/**
 * Remembers what each session's adapter says it can do: VS Code keeps its answer to `initialize` to
 * itself, and lets an extension only listen in.
 */
export class Capabilities implements vscode.Disposable {
  readonly #bySession = new Map<string, AdapterCapabilities>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.debug.registerDebugAdapterTrackerFactory('portals', {
      createDebugAdapterTracker: ({ id }) => ({
        onDidSendMessage: (message: unknown) => this.#hear(id, message),
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

  #hear(id: string, message: unknown): void {
    if (typeof message !== 'object' || message === null) return;
    const { command, body } = message as { command?: unknown; body?: unknown };
    if (command !== 'initialize' || typeof body !== 'object' || body === null) return;
    const told = body as PortalsCapabilities & { readonly supportsStepBack?: boolean };
    const { supportsStepBack: seeks, supportsReload: reloads } = told;
    this.#bySession.set(id, { seeks: seeks === true, reloads: reloads === true });
  }
}
