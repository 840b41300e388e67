import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml } from './html.ts';

/** Loads the page of the panel `name` from its bundle in `dist/webview/`. */
export function openPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { name, title }: { readonly name: string; readonly title: string },
): void {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const asset = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = panelHtml({
    title,
    cspSource: webview.cspSource,
    script: asset(`${name}.js`),
    style: asset(`${name}.css`),
    icons: asset('codicon.css'),
    nonce: randomBytes(18).toString('base64url'),
  });
}
