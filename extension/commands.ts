import * as vscode from 'vscode';
import { crash } from './crash/crash-command.ts';
import { saveDiagnosticLog } from './diagnostics/save-diagnostic-log.ts';
import { openExample } from './examples/open-example.ts';
import { registerHistoryCommands } from './history/history-commands.ts';
import { startFile, startOpenFile } from './launch/run-file.ts';
import { registerCommand } from './report.ts';
import type { PortalsSession } from './session/portals-session.ts';
import { requireStopped } from './session/require-stopped.ts';
import type { Sessions } from './session/sessions.ts';
import { registerStateCommands } from './state/state-commands.ts';
import type { TopologyPanel } from './topology/topology-panel.ts';
import { addTypes } from './types/add-types.ts';
import { UserError } from './user-error.ts';
import { completeStep } from './views/walkthrough.ts';

/** Registers the commands of the palette, the debug toolbar and the code lenses. */
export function registerCommands(
  context: vscode.ExtensionContext,
  sessions: Sessions,
  topology: TopologyPanel,
): vscode.Disposable {
  const current = (): PortalsSession => requireSession(sessions);
  return vscode.Disposable.from(
    registerCommand('portals.debugFile', (target?: Target) => start(target, { noDebug: false })),
    registerCommand('portals.runFile', (target?: Target) => start(target, { noDebug: true })),
    registerCommand('portals.startOpenFile', startOpenFile),
    registerCommand('portals.stepAtom', () => step(current(), (session) => session.stepAtom())),
    registerCommand('portals.stepEvent', () => step(current(), (session) => session.stepEvent())),
    registerHistoryCommands(current),
    registerStateCommands(sessions, current),
    registerCommand('portals.crash', async (target?: unknown) => {
      await crash(current(), typeof target === 'string' ? target : undefined);
    }),
    registerCommand('portals.showTopology', (uri?: vscode.Uri) =>
      showTopology(sessions, topology, uri),
    ),
    registerCommand('portals.showTimeline', () => showTimeline()),
    registerCommand('portals.saveDiagnosticLog', () =>
      saveDiagnosticLog(current(), context.extension),
    ),
    registerCommand('portals.addTypes', (uri?: vscode.Uri) => addTypes(context.extensionUri, uri)),
    registerCommand('portals.openExample', () => openExample(context.extensionUri)),
    registerCommand('portals.gettingStarted', () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#portals.gettingStarted`,
        false,
      ),
    ),
  );
}

/** What to start: a file, or `'key'` for F5 in the active editor. */
type Target = vscode.Uri | 'key';

function start(target: Target | undefined, options: { readonly noDebug: boolean }): Promise<void> {
  return target === 'key' ? startOpenFile(options) : startFile(target, options);
}

/** Runs a step forward, or queues it during another step. */
function step(
  session: PortalsSession,
  run: (session: PortalsSession) => Promise<void>,
): Promise<void> {
  const stepped = run(requireStopped(session, 'it cannot step'));
  completeStep('step');
  return stepped;
}

/** Shows the topology; debugs the program at `uri` if no session runs it. */
async function showTopology(
  sessions: Sessions,
  topology: TopologyPanel,
  uri: vscode.Uri | undefined,
): Promise<void> {
  topology.show();
  completeStep('topology');
  const shown = sessions.current?.debugSession.configuration['program'];
  // Only running the program reveals its applications; it stops before the first atom.
  if (uri && uri.fsPath !== shown) await startFile(uri, { noDebug: false });
}

/** Opens the timeline, whose view exists only once `portals.used` is set. */
async function showTimeline(): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'portals.used', true);
  await vscode.commands.executeCommand('portals.timeline.focus');
}

function requireSession(sessions: Sessions): PortalsSession {
  if (sessions.current) return sessions.current;
  throw new UserError(
    'PORTALS_NO_SESSION',
    'No portal app is being debugged.',
    'Press F5 in a portal app to start one.',
    [{ title: 'Open an Example', command: 'portals.openExample' }],
  );
}
