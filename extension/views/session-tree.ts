import * as vscode from 'vscode';
import { reportError } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';

/**
 * A flat tree view that loads its items from the current session while the session is stopped. It
 * loads only while it is visible, and once per change.
 */
export class SessionTree implements vscode.TreeDataProvider<vscode.TreeItem>, vscode.Disposable {
  readonly onDidChangeTreeData: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #sessions: Sessions;
  readonly #load: (session: PortalsSession) => Promise<vscode.TreeItem[]>;
  readonly #view: vscode.TreeView<vscode.TreeItem>;
  readonly #subscription: vscode.Disposable;
  /** The session changed while the view was hidden. */
  #stale = false;

  constructor(
    id: string,
    sessions: Sessions,
    load: (session: PortalsSession) => Promise<vscode.TreeItem[]>,
  ) {
    this.onDidChangeTreeData = this.#changed.event;
    this.#sessions = sessions;
    this.#load = load;
    this.#view = vscode.window.createTreeView(id, { treeDataProvider: this });
    this.#subscription = vscode.Disposable.from(
      sessions.onDidChange(() => this.refresh()),
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#stale) this.refresh();
      }),
    );
  }

  refresh(): void {
    this.#stale = !this.#view.visible;
    if (!this.#stale) this.#changed.fire();
  }

  getTreeItem(item: vscode.TreeItem): vscode.TreeItem {
    return item;
  }

  async getChildren(parent?: vscode.TreeItem): Promise<vscode.TreeItem[]> {
    const session = this.#sessions.current;
    if (parent || !session?.isStopped) return [];
    try {
      return await this.#load(session);
    } catch (error) {
      // The session resumed or ended during the request; the next change reloads.
      if (session === this.#sessions.current && session.isStopped) void reportError(error);
      return [];
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
