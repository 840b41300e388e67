import * as vscode from 'vscode';
import {
  type HostMessage,
  type PanelMessage,
  panelMessage,
  statusMessage,
} from '../../webview/timeline/messages.ts';
import { Rounds } from '../panel/coalesced-update.ts';
import { openPage } from '../panel/page.ts';
import { startApp } from '../panel/start-app.ts';
import { reportError } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { Editions } from './history-version.ts';
import { lanesOf } from './lanes.ts';

const VIEW = 'portals.timeline';

type Want = Extract<PanelMessage, { type: 'wantSteps' | 'wantDensity' }>;

/** The host of the timeline, a view beside the Debug Console that follows the current session. */
export class TimelineView implements vscode.Disposable, vscode.WebviewViewProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #sessions: Sessions;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable[];
  readonly #editions = new Editions();
  readonly #rounds = new Rounds(() => this.#update());
  #view: vscode.WebviewView | undefined;
  /** The page's script runs and listens. */
  #ready = false;
  /** The session shown; kept after its end, until another one starts. */
  #session: PortalsSession | undefined;
  #edition = 0;
  /** The units whose lanes the panel has; the topology is asked for when there are others. */
  #units = '';

  /** `log` is told of what the panel does wrong. */
  constructor(extensionUri: vscode.Uri, sessions: Sessions, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#sessions = sessions;
    this.#log = log;
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider(VIEW, this),
      sessions.onDidChange(() => this.#rounds.request()),
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
        // A page that was hidden has been thrown away, and with it all it knew.
        this.#ready = true;
        this.#units = '';
        this.#rounds.request();
        return;
      case 'wantSteps':
      case 'wantDensity':
        await this.#tell(message);
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

  /** Answers what the panel wants to know of the history, if the session can still tell. */
  async #tell(want: Want): Promise<void> {
    const session = this.#sessions.current;
    const edition = this.#edition;
    if (session === undefined || session !== this.#session || !session.isStopped) return;
    try {
      if (want.type === 'wantSteps') {
        const { start, items } = await session.history(want.start, want.count);
        this.#send({ type: 'steps', edition, start, items });
      } else {
        const density = await session.density(want);
        this.#send({ type: 'density', edition, density });
      }
    } catch (error) {
      // It ran on, or ended, while it was asked; at the next stop the panel asks again.
      this.#log.debug(`The history was not told: ${String(error)}`);
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
      this.#edition = this.#editions.of(session, status);
      this.#send({ type: 'status', status, edition: this.#edition });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#log.error(problem);
      // An adapter that is being torn down refuses requests; the session's end says enough.
      if (this.#sessions.current !== session) return;
      this.#send({ type: 'session', session: { state, problem }, seekable: false });
    }
  }

  #follow(session: PortalsSession): void {
    this.#session = session;
    this.#units = '';
  }

  /** The lanes, when the app has others than before. */
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
