import * as vscode from 'vscode';
import { describeError } from '../user-error.ts';

/**
 * Asks for an expression until `take` accepts one, and says why it does not: only the program's own
 * surroundings can tell what an expression means.
 */
export function inputValue(
  { title, value, prompt }: Readonly<Record<'title' | 'value' | 'prompt', string>>,
  take: (expression: string) => Promise<unknown>,
): Promise<void> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { title, value, prompt });
  const accept = async (): Promise<void> => {
    if (input.value.trim() === '') return;
    input.enabled = false;
    input.busy = true;
    try {
      await take(input.value);
      input.hide();
    } catch (error) {
      input.validationMessage = describeError(error);
    } finally {
      input.enabled = true;
      input.busy = false;
    }
  };
  return new Promise((resolve) => {
    input.onDidAccept(accept);
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidHide(() => {
      resolve();
      input.dispose();
    });
    input.show();
  });
}
