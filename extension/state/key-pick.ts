import * as vscode from 'vscode';
import { CoalescedUpdate } from '../panel/coalesced-update.ts';
import { reportError } from '../report.ts';
import type { StateSummary } from '../session/messages.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import { type ChosenKey, keyPicks, newKeyPick, type Pick } from './picks.ts';

/** Keys listed without a filter; a state may have a million keys. */
const KEYS_SHOWN = 100;

export interface KeyQuestion {
  readonly title: string;
  /** True if the user may enter a key without a value. */
  readonly allowsNew: boolean;
}

/** Asks for a key of `state`; the adapter filters the keys. */
export function pickKey(
  session: PortalsSession,
  state: StateSummary,
  { title, allowsNew }: KeyQuestion,
): Promise<ChosenKey | undefined> {
  const input = vscode.window.createQuickPick<Pick<ChosenKey>>();
  input.title = title;
  input.placeholder = allowsNew ? 'Select a key, or enter a new one' : 'Select a key';
  input.matchOnDescription = true;
  const updates = new CoalescedUpdate(async () => {
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
    updates.request();
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
