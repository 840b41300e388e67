import * as vscode from 'vscode';
import {
  type HostMessage,
  type PanelMessage,
  panelMessage,
  statusMessage,
} from '../../webview/timeline/messages.ts';
import { CoalescedUpdate } from '../panel/coalesced-update.ts';
import { openPage } from '../panel/page.ts';
import { startApp } from '../panel/start-app.ts';
import { reportError } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { HistoryVersions } from './history-version.ts';
import { lanesOf } from './lanes.ts';

const VIEW = 'portals.timeline';

type HistoryQuery = Extract<PanelMessage, { type: 'querySteps' | 'queryDensity' }>;

/** The host of the timeline, a view in the panel area that follows the current session. */
export class TimelineView implements vscode.Disposable, vscode.WebviewViewProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #sessions: Sessions;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable[];
  readonly #versions = new HistoryVersions();
  readonly #updates = new CoalescedUpdate(() => this.#update());
  #view: vscode.WebviewView | undefined;
  /** The script of the page accepts messages. */
  #ready = false;
  /** The session shown; kept after it ends until another one starts. */
  #session: PortalsSession | undefined;
  #historyVersion = 0;
  /** The units of the lanes in the panel; a change reloads the topology. */
  #units = '';

  /** `log` receives the errors of the panel. */
  constructor(extensionUri: vscode.Uri, sessions: Sessions, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#sessions = sessions;
    this.#log = log;
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider(VIEW, this),
      sessions.onDidChange(() => this.#updates.request()),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.webview.onDidReceiveMessage((message) => this.#receive(message));
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#ready = false;
    });
    openPage(view.webview, this.#extensionUri, { name: 'timeline', title: 'Timeline' });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #receive(data: unknown): void {
    const result = panelMessage.safeParse(data);
    if (result.success) void this.#act(result.data).catch(reportError);
    else this.#log.warn(`The timeline sent an unexpected message: ${result.error.message}`);
  }

  async #act(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        // VS Code discards a hidden page, so a new page has no data.
        this.#ready = true;
        this.#units = '';
        this.#updates.request();
        return;
      case 'querySteps':
      case 'queryDensity':
        await this.#answer(message);
        return;
      case 'seek':
        await vscode.commands.executeCommand('portals.seek', message.step, message.branch);
        return;
      case 'rollback':
        await vscode.commands.executeCommand('portals.rollback', message.step);
        return;
      case 'start':
        await startApp(message.what, this.#session?.debugSession);
        return;
      case 'failed':
        this.#log.error(message.message);
    }
  }

  /** Answers a history query of the panel while the session is stopped. */
  async #answer(query: HistoryQuery): Promise<void> {
    const session = this.#sessions.current;
    const historyVersion = this.#historyVersion;
    if (session === undefined || session !== this.#session || !session.isStopped) return;
    try {
      if (query.type === 'querySteps') {
        const { start, items } = await session.history(query.start, query.count);
        this.#send({ type: 'steps', historyVersion, start, items });
      } else {
        const density = await session.density(query);
        this.#send({ type: 'density', historyVersion, density });
      }
    } catch (error) {
      // The session resumed or ended during the request; the panel repeats the query.
      this.#log.debug(`A history query failed: ${String(error)}`);
    }
  }

  async #update(): Promise<void> {
    const { current } = this.#sessions;
    if (current !== undefined && current !== this.#session) this.#follow(current);
    const session = this.#session;
    if (!this.#ready) return;
    if (session === undefined) {
      this.#send({ type: 'session', session: { state: 'none' }, seekable: false });
      return;
    }
    const isLive = current === session;
    const { name } = session.debugSession;
    const state = !isLive ? 'ended' : session.statusBody === undefined ? 'starting' : 'running';
    const { seeks } = session.capabilities;
    this.#send({ type: 'session', session: { state, name }, seekable: seeks });
    if (session.statusBody === undefined) return;
    try {
      if (isLive) await this.#sendLanes(session);
      const status = statusMessage.parse(session.statusBody);
      this.#historyVersion = this.#versions.versionOf(session, status);
      this.#send({ type: 'status', status, historyVersion: this.#historyVersion });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#log.error(problem);
      // An adapter that is shutting down rejects requests; the end of the session explains it.
      if (this.#sessions.current !== session) return;
      this.#send({ type: 'session', session: { state, problem }, seekable: false });
    }
  }

  #follow(session: PortalsSession): void {
    this.#session = session;
    this.#units = '';
  }

  /** Sends the lanes when the units of the app have changed. */
  async #sendLanes(session: PortalsSession): Promise<void> {
    const units = Object.keys(session.status?.units ?? {}).join(' ');
    if (units === this.#units) return;
    const { topology } = await session.topology();
    this.#units = units;
    this.#send({ type: 'lanes', ...lanesOf(topology) });
  }

  #send(message: HostMessage): void {
    void this.#view?.webview.postMessage(message);
  }
}
