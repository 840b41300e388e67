import * as vscode from 'vscode';
import { isPortalApp } from './builder-calls.ts';

const LANGUAGES: readonly string[] = ['javascript', 'typescript'];
/** Debounces scanning while the user types. */
const SCAN_DELAY_MS = 300;

/**
 * Maintains the context key `portals.activeFileIsApp`, which restricts F5 and the run button of the
 * editor to portal apps.
 */
export class ActiveApp implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #shown: boolean | undefined;

  constructor() {
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.#update()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) this.#updateSoon();
      }),
    ];
    this.#update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #updateSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#update(), SCAN_DELAY_MS);
  }

  #update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isApp = document !== undefined && isPortalDocument(document);
    if (isApp === this.#shown) return;
    this.#shown = isApp;
    void vscode.commands.executeCommand('setContext', 'portals.activeFileIsApp', isApp);
  }
}

/** True for a document that builds a portal application. */
export function isPortalDocument(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) && isPortalApp(document.getText());
}
