import * as vscode from 'vscode';
import {
  type HostMessage,
  type PanelMessage,
  panelMessage,
  type TimelineStatus,
} from '../../webview/timeline/messages.ts';
import { CoalescedUpdate } from '../panel/coalesced-update.ts';
import { openPage } from '../panel/page.ts';
import { startApp } from '../panel/start-app.ts';
import { reportError } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { HistoryVersions } from './history-version.ts';
import { lanesOf } from './lanes.ts';
import { RunRecord } from './run-record.ts';

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
  #record = new RunRecord();
  /** The units of the recorded lanes; a change reloads the topology. */
  #units = '';
  /** The page has the recorded lanes. */
  #lanesSent = false;

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
        this.#lanesSent = false;
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

  /** Answers a history query while the session is stopped, or from the record of an ended one. */
  async #answer(query: HistoryQuery): Promise<void> {
    const session = this.#sessions.current;
    const historyVersion = this.#historyVersion;
    if (this.#session !== undefined && session !== this.#session) {
      this.#answerFromRecord(query);
      return;
    }
    if (session === undefined || !session.isStopped) return;
    try {
      if (query.type === 'querySteps') {
        const { start, items } = await session.history(query.start, query.count);
        this.#record.keepSteps(historyVersion, items);
        this.#send({ type: 'steps', historyVersion, start, items });
      } else {
        const density = await session.density(query);
        this.#record.keepDensity(historyVersion, density);
        this.#send({ type: 'density', historyVersion, density });
      }
    } catch (error) {
      // The session resumed or ended during the request; the panel repeats the query.
      this.#log.debug(`A history query failed: ${String(error)}`);
    }
  }

  #answerFromRecord(query: HistoryQuery): void {
    const historyVersion = this.#historyVersion;
    if (query.type === 'querySteps') {
      const { start, count } = query;
      const items = this.#record.steps(start, count);
      this.#send({ type: 'steps', historyVersion, start, items });
      return;
    }
    const density = this.#record.density(query);
    if (density !== undefined) this.#send({ type: 'density', historyVersion, density });
  }

  async #update(): Promise<void> {
    const { current } = this.#sessions;
    if (current !== undefined && current !== this.#session) this.#follow(current);
    const session = this.#session;
    if (current !== undefined) await this.#recordCompletion(current);
    if (!this.#ready) return;
    if (session === undefined) {
      this.#send({ type: 'session', session: { state: 'none' }, seekable: false });
      return;
    }
    const isLive = current === session;
    const { name } = session.debugSession;
    const program = session.programName;
    const state = !isLive ? 'ended' : session.status === undefined ? 'starting' : 'running';
    const { seeks } = session.capabilities;
    this.#send({ type: 'session', session: { state, name, program }, seekable: seeks });
    if (session.status === undefined) return;
    try {
      if (isLive) await this.#loadLanes(session);
      this.#sendLanes();
      const { status } = session;
      this.#useHistory(session, status);
      this.#send({ type: 'status', status, historyVersion: this.#historyVersion });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#log.error(problem);
      // An adapter that is shutting down rejects requests; the end of the session explains it.
      if (this.#sessions.current !== session) return;
      this.#send({ type: 'session', session: { state, problem }, seekable: false });
    }
  }

  /** Updates the history version; a new version starts a new record of steps. */
  #useHistory(session: PortalsSession, status: TimelineStatus): void {
    this.#historyVersion = this.#versions.versionOf(session, status);
    this.#record.useHistory(this.#historyVersion);
  }

  /** At completion, records the whole run before the session ends. */
  async #recordCompletion(session: PortalsSession): Promise<void> {
    const { status } = session;
    if (!session.isStopped || status?.phase !== 'complete') return;
    this.#useHistory(session, status);
    const { recorded = 0 } = status;
    if (this.#record.isComplete(recorded)) return;
    try {
      await this.#loadLanes(session);
      const { items } = await session.history(0, recorded);
      this.#record.keepSteps(this.#historyVersion, items);
    } catch (error) {
      this.#log.debug(`The run could not be recorded: ${String(error)}`);
    }
  }

  #follow(session: PortalsSession): void {
    this.#session = session;
    this.#record = new RunRecord();
    this.#units = '';
  }

  /** Loads the lanes when the units of the app have changed. */
  async #loadLanes(session: PortalsSession): Promise<void> {
    const units = Object.keys(session.status?.units ?? {}).join(' ');
    if (units === this.#units) return;
    const { topology } = await session.topology();
    this.#units = units;
    this.#record.lanes = lanesOf(topology);
    this.#lanesSent = false;
  }

  #sendLanes(): void {
    const { lanes } = this.#record;
    if (this.#lanesSent || lanes === undefined) return;
    this.#send({ type: 'lanes', ...lanes });
    this.#lanesSent = true;
  }

  #send(message: HostMessage): void {
    void this.#view?.webview.postMessage(message);
  }
}
