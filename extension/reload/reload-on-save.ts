import * as vscode from 'vscode';
import { reportError } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { offerText, outcomeText } from './reload-text.ts';

const SETTING = 'hotReload';

/**
 * Offers to reload changed code when the user saves a file of a running program: the program runs
 * again to the same step. The setting `portals.hotReload` replaces the question.
 */
export class ReloadOnSave implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #subscription: vscode.Disposable;
  /** Sessions with an open question: several saves cause only one. */
  readonly #prompted = new Set<PortalsSession>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#subscription = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.scheme !== 'file') return;
      for (const session of sessions.all) {
        this.#onSaved(uri.fsPath, session).catch(reportError);
      }
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #onSaved(file: string, session: PortalsSession): Promise<void> {
    const settings = vscode.workspace.getConfiguration('portals');
    const mode = settings.get<'ask' | 'always' | 'never'>(SETTING, 'ask');
    if (mode === 'never' || !session.capabilities.reloads || this.#prompted.has(session)) return;
    if (!(await session.sources()).includes(file)) return;
    if (mode === 'always') {
      await reload(session);
      return;
    }
    this.#prompted.add(session);
    const text = offerText(file, session.debugSession.name, session.status?.step ?? 0);
    const pressed = await vscode.window.showInformationMessage(text, 'Reload', 'Always');
    this.#prompted.delete(session);
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
