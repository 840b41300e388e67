import * as vscode from 'vscode';
import {
  type HostMessage,
  type PanelDirection,
  type PanelMessage,
  panelMessage,
} from '../../webview/topology/messages.ts';
import { CoalescedUpdate } from '../panel/coalesced-update.ts';
import { openPage } from '../panel/page.ts';
import { startApp } from '../panel/start-app.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';
import type { PanelSize } from './direction.ts';
import { LayoutClient } from './layout-client.ts';
import { revealSite } from './reveal.ts';
import { SessionDiagram } from './session-diagram.ts';

const VIEW_TYPE = 'portals.topology';

/**
 * The host of the topology panel. There is at most one panel; it follows the current session.
 */
export class TopologyPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extensionUri: vscode.Uri;
  readonly #sessions: Sessions;
  readonly #layouts: LayoutClient;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  /** The script of the page accepts messages. */
  #ready = false;
  #size: PanelSize = { width: 800, height: 600 };
  #direction: PanelDirection = 'auto';
  /** The session shown; kept after it ends until another one starts. */
  #session: PortalsSession | undefined;
  #diagram: SessionDiagram | undefined;
  #sentLayout = '';
  readonly #updates = new CoalescedUpdate(() => this.#update());

  /** `log` receives the errors of the panel. */
  constructor(extensionUri: vscode.Uri, sessions: Sessions, log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#extensionUri = extensionUri;
    this.#sessions = sessions;
    const worker = vscode.Uri.joinPath(extensionUri, 'dist', 'layout-worker.js');
    this.#layouts = new LayoutClient(worker.fsPath);
    this.#subscriptions = [
      sessions.onDidChange(() => this.#updates.request()),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
    ];
  }

  /** Opens the panel beside the editor or reveals it; keeps the focus. */
  show(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const options = { viewColumn: columnBeside(), preserveFocus: true };
    this.#attach(vscode.window.createWebviewPanel(VIEW_TYPE, 'Topology', options));
  }

  /** Restores a panel after a reload of the window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#attach(panel);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
    this.#layouts.dispose();
  }

  #attach(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.#extensionUri, 'media', `topology-${theme}.svg`);
    this.#panel = panel;
    this.#layouts.warmUp();
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.onDidReceiveMessage((message) => this.#receive(message));
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#ready = false;
    });
    openPage(webview, this.#extensionUri, { name: 'topology', title: 'Topology' });
  }

  #receive(data: unknown): void {
    const result = panelMessage.safeParse(data);
    if (result.success) void this.#act(result.data);
    else this.#log.warn(`The panel sent an unexpected message: ${result.error.message}`);
  }

  async #act(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#size = message;
        this.#sentLayout = '';
        this.#updates.request();
        return;
      case 'resized':
        this.#size = message;
        this.#updates.request();
        return;
      case 'direction':
        this.#direction = message.direction;
        this.#updates.request();
        return;
      case 'reveal':
        await revealSite(this.#diagram?.siteOf(message.target), this.#panel?.viewColumn);
        return;
      case 'crash':
        await vscode.commands.executeCommand('portals.crash', message.target);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'start':
        await startApp(message.what, this.#session?.debugSession);
        return;
      case 'failed':
        this.#log.error(message.message);
    }
  }

  async #update(): Promise<void> {
    const { current } = this.#sessions;
    if (current !== undefined && current !== this.#session) this.#follow(current);
    if (!this.#ready) return;
    const session = this.#session;
    const state =
      session === undefined ? 'none' : current === undefined ? 'ended' : this.#stateOf(session);
    const name = session?.debugSession.name;
    const program = session?.programName;
    try {
      this.#send({ type: 'session', session: { state, name, program } });
      if (session !== undefined) await this.#sendDiagram(session);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#log.error(problem);
      // An adapter that is shutting down rejects requests; the end of the session explains it.
      if (this.#sessions.current === session) {
        this.#send({ type: 'session', session: { state, problem } });
      }
    }
  }

  #stateOf(session: PortalsSession): 'starting' | 'running' {
    return session.status === undefined ? 'starting' : 'running';
  }

  #follow(session: PortalsSession): void {
    this.#session = session;
    this.#diagram = new SessionDiagram(this.#layouts, () => session.topology());
    this.#sentLayout = '';
  }

  async #sendDiagram(session: PortalsSession): Promise<void> {
    const diagram = this.#diagram;
    if (diagram === undefined || session.status === undefined) return;
    if (this.#sessions.current === session) {
      await diagram.update(session.status);
    }
    const layout = await diagram.layout(this.#direction, this.#size);
    if (layout === undefined) return;
    const key = `${layout.direction} ${diagram.hash}`;
    if (key !== this.#sentLayout) {
      this.#sentLayout = key;
      this.#send({
        type: 'layout',
        key,
        layout,
        sites: diagram.sites,
      });
    }
    // Reads the status again: the app may have continued during the layout.
    this.#send({ type: 'status', status: session.status });
  }

  #send(message: HostMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}

/** Beside the editor, or in the second column if no editor is open. */
function columnBeside(): vscode.ViewColumn {
  const isEmpty = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  return isEmpty ? vscode.ViewColumn.Two : vscode.ViewColumn.Beside;
}
