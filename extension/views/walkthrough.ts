import * as vscode from 'vscode';

/** The steps of the walkthrough that complete when the user does them. */
export type WalkthroughStep = 'example' | 'debug' | 'step' | 'crash' | 'back' | 'topology';

/**
 * Completes a step of the walkthrough. The steps listen to context keys, because VS Code does not
 * observe commands that panels and the extension itself execute.
 */
export function completeStep(step: WalkthroughStep): void {
  void vscode.commands.executeCommand('setContext', `portals.walkthrough.${step}`, true);
}
