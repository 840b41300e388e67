import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import { isPortalDocument } from '../lenses/active-app.ts';
import { reportError } from '../report.ts';
import { requireTrust } from './adapter-factory.ts';
import {
  checkConfiguration,
  completeConfiguration,
  configurationFor,
  type PortalsConfiguration,
} from './configuration.ts';
import { findPortalApps } from './portal-apps.ts';

const FILES = {
  isFile: (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
};

/** Completes and validates launch configurations, and provides initial ones. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  /** For a new `launch.json`: the active file if it is an app, and a generic configuration. */
  provideDebugConfigurations(folder: vscode.WorkspaceFolder | undefined): PortalsConfiguration[] {
    const anyFile = configurationFor(`\${file}`, 'Debug the open portal app');
    const document = vscode.window.activeTextEditor?.document;
    if (!folder || !document || !isPortalDocument(document)) return [anyFile];
    if (vscode.workspace.getWorkspaceFolder(document.uri) !== folder) return [anyFile];
    const named = configurationIn(folder, document.uri);
    return [named, anyFile];
  }

  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    return reporting(() => {
      requireTrust();
      return completeConfiguration(config, activeFile());
    });
  }

  resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    const base = folder ?? vscode.workspace.workspaceFolders?.[0];
    return reporting(() => checkConfiguration(config, base?.uri.fsPath, FILES));
  }
}

/** Provides one configuration per app for "Select and Start Debugging > Portals…". */
export class FoundAppsProvider implements vscode.DebugConfigurationProvider {
  async provideDebugConfigurations(
    folder: vscode.WorkspaceFolder | undefined,
    token?: vscode.CancellationToken,
  ): Promise<PortalsConfiguration[]> {
    // VS Code asks per folder and once without a folder, which would list the same apps again.
    if (!folder && vscode.workspace.workspaceFolders?.length) return [];
    const apps = await findPortalApps(folder, token);
    return apps.map((uri) => configurationIn(folder, uri));
  }
}

/** A configuration for `uri` with a path relative to `folder`, suitable for `launch.json`. */
function configurationIn(
  folder: vscode.WorkspaceFolder | undefined,
  uri: vscode.Uri,
): PortalsConfiguration {
  if (!folder) return configurationFor(uri.fsPath);
  const relative = vscode.workspace.asRelativePath(uri, false);
  return configurationFor(`\${workspaceFolder}/${relative}`, `Debug ${relative}`);
}

/** The path of the active file if it is on disk. */
function activeFile(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

/** Reports `error`; `undefined` makes VS Code cancel the launch. */
function reporting<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    void reportError(error);
    return undefined;
  }
}
