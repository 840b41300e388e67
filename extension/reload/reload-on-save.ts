import * as vscode from 'vscode';
import { reportError } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { offerText, outcomeText } from './reload-text.ts';

const SETTING = 'hotReload';

/**
 * Offers to run on with changed code when a file of a running program is saved: the program is run
 * again up to the same step. The setting `portals.hotReload` answers for those who have decided.
 */
export class ReloadOnSave implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #subscription: vscode.Disposable;
  /** Sessions whose user is being asked: several saves make one question. */
  readonly #asking = new Set<PortalsSession>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#subscription = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.scheme !== 'file') return;
      for (const session of sessions.all) {
        this.#saved(uri.fsPath, session).catch(reportError);
      }
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #saved(file: string, session: PortalsSession): Promise<void> {
    const settings = vscode.workspace.getConfiguration('portals');
    const wanted = settings.get<'ask' | 'always' | 'never'>(SETTING, 'ask');
    if (wanted === 'never' || !session.capabilities.reloads || this.#asking.has(session)) return;
    if (!(await session.sources()).includes(file)) return;
    if (wanted === 'always') {
      await reload(session);
      return;
    }
    this.#asking.add(session);
    const text = offerText(file, session.debugSession.name, session.status?.step ?? 0);
    const pressed = await vscode.window.showInformationMessage(text, 'Reload', 'Always');
    this.#asking.delete(session);
    if (pressed === undefined || !this.#sessions.all.includes(session)) return;
    if (pressed === 'Always') {
      await settings.update(SETTING, 'always', vscode.ConfigurationTarget.Global);
    }
    await reload(session);
  }
}

async function reload(session: PortalsSession): Promise<void> {
  const reloaded = await session.reload();
  const text = outcomeText(reloaded);
  if (reloaded.diverged === undefined) {
    vscode.window.setStatusBarMessage(text, 6000);
    return;
  }
  const show = 'Show Timeline';
  const pressed = await vscode.window.showWarningMessage(text, show);
  if (pressed === show) await vscode.commands.executeCommand('portals.showTimeline');
}
