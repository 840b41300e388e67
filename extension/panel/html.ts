/** What a panel's page loads, as addresses that the webview may read. */
export interface PanelAssets {
  readonly title: string;
  /** The origin of the webview's resources, for its content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly icons: string;
  /** Unguessable and used once: only the script that carries it runs. */
  readonly nonce: string;
}

/** A panel's page: empty but for its script and styles, and closed to everything else. */
export function panelHtml({ title, cspSource, script, style, icons, nonce }: PanelAssets): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${icons}">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
