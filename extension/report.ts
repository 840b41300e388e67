import * as vscode from 'vscode';
import { describeError, UserError } from './user-error.ts';

/** Shows `error` with its remedies as buttons; runs the one that is pressed. */
export async function reportError(error: unknown): Promise<void> {
  if (isCancelled(error)) return;
  const actions = error instanceof UserError ? error.actions : [];
  const titles = actions.map((action) => action.title);
  const pressed = await vscode.window.showErrorMessage(describeError(error), ...titles);
  const action = actions.find((candidate) => candidate.title === pressed);
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}

/** Registers a command whose failures are shown instead of swallowed. */
export function registerCommand<Arguments extends unknown[]>(
  name: string,
  run: (...args: Arguments) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(name, async (...args: Arguments) => {
    try {
      return await run(...args);
    } catch (error) {
      // Not awaited: the command is over, whether or not the message is ever dismissed.
      void reportError(error);
      return undefined;
    }
  });
}

/** Whether the user has ended what a request to the debug adapter had begun; that is no news. */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.message === 'cancelled';
}
