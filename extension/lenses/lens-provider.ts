import * as vscode from 'vscode';
import { findBuilderCalls } from './builder-calls.ts';

const COMMANDS = [
  { title: '$(play) Run', command: 'portals.runFile', tooltip: 'Run without debugging' },
  {
    title: '$(debug-alt) Debug',
    command: 'portals.debugFile',
    tooltip: 'Debug and stop before the first atom',
  },
  {
    title: '$(type-hierarchy) Topology',
    command: 'portals.showTopology',
    tooltip: 'Show the workflows, streams and portals that this program launches',
  },
];

/** Offers *Run*, *Debug* and *Topology* above each `ApplicationBuilder(…)`. */
export class BuilderLensProvider implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();

  constructor(subscriptions: vscode.Disposable[]) {
    this.onDidChangeCodeLenses = this.#changed.event;
    subscriptions.push(
      this.#changed,
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('portals.codeLens')) this.#changed.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const settings = vscode.workspace.getConfiguration('portals.codeLens', document);
    if (!settings.get('enabled', true) || document.fileName.endsWith('.d.ts')) return [];
    return findBuilderCalls(document.getText()).flatMap((call) => {
      const range = new vscode.Range(call.line, call.character, call.line, call.character);
      return COMMANDS.map(
        (command) => new vscode.CodeLens(range, { ...command, arguments: [document.uri] }),
      );
    });
  }
}
