/**
 * The VS Code extension. Activation only registers providers and commands: opening any JavaScript
 * file triggers it, because no narrower activation event exists for code lenses.
 */
import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { AdapterFactory } from './launch/adapter-factory.ts';
import { ConfigurationProvider, FoundAppsProvider } from './launch/configuration-provider.ts';
import { ProblemReporter } from './launch/problem-reporter.ts';
import { ActiveApp } from './lenses/active-app.ts';
import { BuilderLensProvider } from './lenses/lens-provider.ts';
import { ReloadOnSave } from './reload/reload-on-save.ts';
import { Sessions } from './session/sessions.ts';
import { TimelineView } from './timeline/timeline-view.ts';
import { openOnDebug } from './topology/open-on-debug.ts';
import { TopologyPanel } from './topology/topology-panel.ts';
import { TYPES_FIX } from './types/add-types.ts';
import { createChoicesView } from './views/choices-view.ts';
import { setUsedContextKey } from './views/context-keys.ts';
import { createContinuationsView } from './views/continuations-view.ts';
import { openDebugView } from './views/open-debug-view.ts';
import { createStatusBar } from './views/status-bar.ts';

const PROGRAMS: vscode.DocumentSelector = [{ language: 'javascript' }, { language: 'typescript' }];

export function activate(context: vscode.ExtensionContext): void {
  const sessions = new Sessions();
  const log = vscode.window.createOutputChannel('Portals', { log: true });
  const topology = new TopologyPanel(context.extensionUri, sessions, log);
  const { subscriptions } = context;
  subscriptions.push(
    log,
    sessions,
    topology,
    openOnDebug(sessions, topology),
    openDebugView(sessions),
    setUsedContextKey(sessions),
    new ReloadOnSave(sessions),
    new TimelineView(context.extensionUri, sessions, log),
    new ActiveApp(),
    new ProblemReporter(),
    vscode.languages.registerCodeLensProvider(PROGRAMS, new BuilderLensProvider(subscriptions)),
    vscode.debug.registerDebugConfigurationProvider('portals', new ConfigurationProvider()),
    vscode.debug.registerDebugConfigurationProvider(
      'portals',
      new FoundAppsProvider(),
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(
      'portals',
      new AdapterFactory(context.extensionPath),
    ),
    createContinuationsView(sessions),
    createChoicesView(sessions),
    createStatusBar(sessions),
    vscode.languages.registerCodeActionsProvider(PROGRAMS, TYPES_FIX, {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    registerCommands(context, sessions, topology),
  );
  void vscode.commands.executeCommand('setContext', 'portals.activated', true);
}
