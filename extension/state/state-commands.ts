import * as vscode from 'vscode';
import { registerCommand } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import { requireStopped } from '../session/require-stopped.ts';
import type { Sessions } from '../session/sessions.ts';
import { UserError } from '../user-error.ts';
import { type KeyQuestion, pickKey } from './key-pick.ts';
import {
  type ChosenState,
  type Pick,
  statePicks,
  stateText,
  taskPicks,
  valueSource,
} from './picks.ts';
import { inputValue } from './value-input.ts';

/** The argument of a command in the context menu of the Variables view. */
interface VariableRow {
  readonly sessionId: string;
  readonly container: { readonly variablesReference: number };
  readonly variable: { readonly name: string };
}

/** Registers the commands that change the state of an app, which forks the history. */
export function registerStateCommands(
  sessions: Sessions,
  current: () => PortalsSession,
): vscode.Disposable {
  const stopped = (): PortalsSession => requireStopped(current(), 'its state cannot be changed');
  return vscode.Disposable.from(
    registerCommand('portals.setState', () => setState(stopped())),
    registerCommand('portals.deleteState', async (row?: VariableRow) => {
      if (row?.variable === undefined) return deleteState(stopped());
      const shown = sessions.all.find(({ debugSession }) => debugSession.id === row.sessionId);
      const { variablesReference } = row.container;
      await shown?.setState({ variablesReference, name: row.variable.name });
    }),
  );
}

async function setState(session: PortalsSession): Promise<void> {
  const chosen = await chooseState(session, { title: 'Set State', allowsNew: true });
  if (chosen === undefined) return;
  const { state, source } = chosen;
  await inputValue(
    {
      title: `Set ${stateText(state)}`,
      value: source,
      prompt: 'A JavaScript expression. In the past, setting a state forks the history.',
    },
    (expression) => session.setState({ ...state, expression }),
  );
}

async function deleteState(session: PortalsSession): Promise<void> {
  const chosen = await chooseState(session, { title: 'Delete State', allowsNew: false });
  if (chosen) await session.setState(chosen.state);
}

/** The state that the user chooses, and an expression for its value. */
async function chooseState(
  session: PortalsSession,
  question: KeyQuestion,
): Promise<{ readonly state: ChosenState; readonly source: string } | undefined> {
  const { title } = question;
  const states = await session.stateNames();
  if (states.length === 0) {
    throw new UserError(
      'PORTALS_NO_STATE',
      'No task has state yet.',
      'Step until a handler sets a state.',
    );
  }
  const task = await only(taskPicks(states), { title, placeHolder: 'Which task?' });
  const picks = task === undefined ? [] : statePicks(states, task);
  const summary = await only(picks, { title, placeHolder: 'Which state?' });
  if (task === undefined || summary === undefined) return undefined;
  const state = { task, state: summary.name };
  if (summary.scope === 'task') {
    const [entry] = await session.state({ ...state, count: 1 });
    return { state, source: entry ? valueSource(entry.value) : '' };
  }
  const chosen = await pickKey(session, summary, question);
  return chosen && { state: { ...state, key: chosen.key }, source: chosen.source };
}

/** Asks only if there is more than one item. */
async function only<Value>(
  picks: readonly Pick<Value>[],
  options: vscode.QuickPickOptions,
): Promise<Value | undefined> {
  if (picks.length <= 1) return picks[0]?.value;
  const matching = { matchOnDescription: true, ...options };
  return (await vscode.window.showQuickPick(picks, matching))?.value;
}
