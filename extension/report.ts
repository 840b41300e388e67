import * as vscode from 'vscode';
import { describeError, UserError } from './user-error.ts';

/** Shows `error` with its actions as buttons and runs the pressed one. */
export async function reportError(error: unknown): Promise<void> {
  if (isCancelled(error)) return;
  const actions = error instanceof UserError ? error.actions : [];
  const titles = actions.map((action) => action.title);
  const pressed = await vscode.window.showErrorMessage(describeError(error), ...titles);
  const action = actions.find((candidate) => candidate.title === pressed);
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}

/** Registers a command that shows its failures. */
export function registerCommand<Arguments extends unknown[]>(
  name: string,
  run: (...args: Arguments) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(name, async (...args: Arguments) => {
    try {
      return await run(...args);
    } catch (error) {
      // Not awaited: the command has ended even if the user never dismisses the message.
      void reportError(error);
      return undefined;
    }
  });
}

/** True if the user cancelled the request to the debug adapter. */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.message === 'cancelled';
}
