import * as vscode from 'vscode';
import { describeError } from '../user-error.ts';

/**
 * Asks for an expression until `apply` succeeds, and shows its error otherwise. Only the realm of
 * the program can evaluate the expression.
 */
export function inputValue(
  { title, value, prompt }: Readonly<Record<'title' | 'value' | 'prompt', string>>,
  apply: (expression: string) => Promise<unknown>,
): Promise<void> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { title, value, prompt });
  const accept = async (): Promise<void> => {
    if (input.value.trim() === '') return;
    input.enabled = false;
    input.busy = true;
    try {
      await apply(input.value);
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
