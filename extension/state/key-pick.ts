import * as vscode from 'vscode';
import { Rounds } from '../panel/coalesced-update.ts';
import { reportError } from '../report.ts';
import type { KeptState } from '../session/messages.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import { type ChosenKey, keyPicks, newKeyPick, type Pick } from './picks.ts';

/** A state may have a million keys; what is not among the first is found by typing. */
const KEYS_SHOWN = 100;

export interface KeyQuestion {
  readonly title: string;
  /** Whether a key may be typed that nothing is kept for. */
  readonly allowsNew: boolean;
}

/** Asks for one of the keys of `state`; the adapter looks for what is typed. */
export function pickKey(
  session: PortalsSession,
  state: KeptState,
  { title, allowsNew }: KeyQuestion,
): Promise<ChosenKey | undefined> {
  const input = vscode.window.createQuickPick<Pick<ChosenKey>>();
  input.title = title;
  input.placeholder = allowsNew ? 'Which key? Type to search, or a new one' : 'Which key?';
  input.matchOnDescription = true;
  const rounds = new Rounds(async () => {
    const typed = input.value;
    try {
      const entries = await session.state({
        task: state.task,
        state: state.name,
        count: KEYS_SHOWN,
        ...(typed !== '' && { match: typed.trim().replace(/^'|'$/g, '') }),
      });
      const known = keyPicks(entries);
      input.items = [...known, ...(allowsNew ? newKeyPick(typed, known) : [])];
    } catch (error) {
      input.hide();
      void reportError(error);
    } finally {
      input.busy = false;
    }
  });
  const search = (): void => {
    input.busy = true;
    rounds.request();
  };
  return new Promise((resolve) => {
    input.onDidChangeValue(search);
    input.onDidAccept(() => {
      const [picked] = input.selectedItems;
      if (!picked) return;
      resolve(picked.value);
      input.hide();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
    search();
  });
}
