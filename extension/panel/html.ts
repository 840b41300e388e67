/** The resources of a panel page, as URIs that the webview may load. */
export interface PanelAssets {
  readonly title: string;
  /** The origin of the resources, for the content security policy. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  readonly icons: string;
  /** Random and used once: only the script with this nonce runs. */
  readonly nonce: string;
}

/** The page of a panel: only its script and styles, everything else is forbidden. */
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
