import * as vscode from 'vscode';
import { type AdapterMessage, type LaunchProblem, LaunchProblems } from './launch-problems.ts';

/** Shows the errors of a program that did not launch in Problems, until it launches. */
export class ProblemReporter implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('portals');
  /** The files with problems of each program. */
  readonly #files = new Map<string, vscode.Uri[]>();
  readonly #tracker: vscode.Disposable;

  constructor() {
    this.#tracker = vscode.debug.registerDebugAdapterTrackerFactory('portals', {
      createDebugAdapterTracker: ({ configuration }) => {
        const launch = new LaunchProblems();
        const program = String(configuration['program']);
        return {
          onDidSendMessage: (message: AdapterMessage) => {
            const problems = launch.accept(message);
            if (problems !== undefined) this.#show(program, problems);
          },
        };
      },
    });
  }

  dispose(): void {
    this.#tracker.dispose();
    this.#diagnostics.dispose();
  }

  #show(program: string, problems: readonly LaunchProblem[]): void {
    for (const uri of this.#files.get(program) ?? []) this.#diagnostics.delete(uri);
    const files = [...new Set(problems.map(({ file }) => file))];
    this.#files.set(
      program,
      files.map((file) => vscode.Uri.file(file)),
    );
    for (const file of files) {
      const own = problems.filter((problem) => problem.file === file).map(diagnosticOf);
      this.#diagnostics.set(vscode.Uri.file(file), own);
    }
  }
}

function diagnosticOf({ line, column, message }: LaunchProblem): vscode.Diagnostic {
  const start = new vscode.Position(line - 1, column - 1);
  const diagnostic = new vscode.Diagnostic(new vscode.Range(start, start), message);
  diagnostic.source = 'portals';
  return diagnostic;
}
