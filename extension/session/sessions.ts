import * as vscode from 'vscode';
import { CHANGED_EVENT } from '../../debug-adapter/protocol.ts';
import { reportError } from '../report.ts';
import { Capabilities } from './capabilities.ts';
import { PortalsSession } from './portals-session.ts';

/**
 * The sessions that debug a portal app. The views follow `current`, the one that VS Code shows.
 * Runs without debugging are not included: they never stop, so there is nothing to show.
 */
export class Sessions implements vscode.Disposable {
  readonly #capabilities = new Capabilities();
  readonly #running = new Map<string, PortalsSession>();
  readonly #reported = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #started = new vscode.EventEmitter<PortalsSession>();
  readonly #subscriptions: vscode.Disposable[];

  /** Fires when `current` is another session or its status has changed. */
  readonly onDidChange = this.#changed.event;
  readonly onDidStart = this.#started.event;

  constructor() {
    this.#subscriptions = [
      this.#capabilities,
      this.#changed,
      this.#started,
      vscode.debug.onDidStartDebugSession((session) => this.#start(session)),
      vscode.debug.onDidTerminateDebugSession((session) => this.#end(session)),
      vscode.debug.onDidChangeActiveDebugSession(() => this.#changed.fire()),
      vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => {
        if (event.event === CHANGED_EVENT) this.#accept(event.session, event.body);
      }),
    ];
  }

  /** The session that the debug toolbar controls, else the latest one. */
  get current(): PortalsSession | undefined {
    const active = vscode.debug.activeDebugSession;
    return (active && this.#running.get(active.id)) ?? [...this.#running.values()].at(-1);
  }

  get all(): readonly PortalsSession[] {
    return [...this.#running.values()];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start(debugSession: vscode.DebugSession): void {
    if (debugSession.type !== 'portals' || debugSession.configuration['noDebug']) return;
    this.#started.fire(this.#track(debugSession));
    this.#changed.fire();
  }

  #end(debugSession: vscode.DebugSession): void {
    const session = this.#running.get(debugSession.id);
    if (session === undefined) return;
    this.#running.delete(debugSession.id);
    session.end();
    void setSessionActive(this.#running.size > 0);
    this.#changed.fire();
  }

  #accept(debugSession: vscode.DebugSession, body: unknown): void {
    if (debugSession.configuration['noDebug']) return;
    // The first event of the adapter may arrive before VS Code announces the session.
    const session = this.#track(debugSession);
    try {
      session.acceptStatus(body);
    } catch (error) {
      // Reports only the first invalid event of a session.
      if (!this.#reported.has(debugSession.id)) void reportError(error);
      this.#reported.add(debugSession.id);
    }
    this.#changed.fire();
  }

  #track(debugSession: vscode.DebugSession): PortalsSession {
    const tracked = this.#running.get(debugSession.id);
    if (tracked) return tracked;
    const session = new PortalsSession(debugSession, this.#capabilities);
    this.#running.set(debugSession.id, session);
    void setSessionActive(true);
    return session;
  }
}

function setSessionActive(active: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', 'portals.sessionActive', active);
}
