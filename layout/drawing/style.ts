/** The colors of a diagram: literals in an SVG file, theme variables in the panel. */
export interface Palette {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  /** The background of a workflow, and its header. */
  readonly ground: string;
  readonly band: string;
  readonly frame: string;
  /** Inside an element. */
  readonly surface: string;
  readonly stream: string;
  readonly flow: string;
  readonly request: string;
  readonly reply: string;
  readonly generator: string;
  readonly task: string;
  readonly router: string;
  readonly portal: string;
}

export const LIGHT: Palette = {
  background: '#ffffff',
  foreground: '#1f2328',
  muted: '#606872',
  ground: '#f6f8fa',
  band: '#e9edf2',
  frame: '#c4ccd6',
  surface: '#ffffff',
  stream: '#3f4954',
  flow: '#8a94a0',
  request: '#b35900',
  reply: '#7c3aad',
  generator: '#2c7a3f',
  task: '#7d8894',
  router: '#0b63b8',
  portal: '#7c3aad',
};

export const DARK: Palette = {
  background: '#1f1f1f',
  foreground: '#e4e6e8',
  muted: '#a0a7ae',
  ground: '#26282b',
  band: '#33373c',
  frame: '#4b5158',
  surface: '#1f1f1f',
  stream: '#c3cad1',
  flow: '#8b949d',
  request: '#f0a04b',
  reply: '#c99bf0',
  generator: '#7ccf8b',
  task: '#8b949d',
  router: '#6cb6ff',
  portal: '#c99bf0',
};

export const FONT_FAMILY = "system-ui, -apple-system, 'Segoe UI', Ubuntu, sans-serif";

/** Styles that do not depend on colors. */
export const SHAPE_STYLE = `
.topology text { font-size: 13px; }
.topology .caption { font-size: 10.5px; }
.topology .application-name { font-size: 12px; }
.topology .title { font-weight: 600; }
.topology .split-name { font-size: 11px; text-anchor: middle; }
.topology .outline, .topology .ground { stroke-width: 1.25; }
.topology .application .ground { stroke-dasharray: 2 4; }
.topology .header .outline { fill: none; }
.topology .ring { fill: none; stroke-width: 1; opacity: 0.55; }
.topology .stroke { fill: none; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.topology .line { fill: none; }
.topology .stream .line { stroke-width: 2; }
.topology .flow .line, .topology .source .line, .topology .sink .line { stroke-width: 1.25; }
.topology .request .line { stroke-width: 1.5; stroke-dasharray: 6 4; }
.topology .reply .line { stroke-width: 1.5; stroke-dasharray: 1.5 4; stroke-linecap: round; }
.topology .arrow { stroke-width: 1.25; stroke-linejoin: round; }
.topology .arrow.open { fill: none; stroke-width: 1.75; }
`;

/** The colors of all elements, independent of their state. */
export function colourStyle(palette: Palette): string {
  const kinds: readonly (readonly [string, string])[] = [
    ['.generator', palette.generator],
    ['.sequencer', palette.router],
    ['.splitter', palette.router],
    ['.split', palette.router],
    ['.portal', palette.portal],
    ['.task', palette.task],
  ];
  const edges: readonly (readonly [string, string])[] = [
    ['.stream', palette.stream],
    ['.flow', palette.flow],
    ['.source', palette.flow],
    ['.sink', palette.flow],
    ['.request', palette.request],
    ['.reply', palette.reply],
  ];
  return [
    `.topology text { fill: ${palette.foreground}; }`,
    `.topology .caption, .topology .application-name { fill: ${palette.muted}; }`,
    `.topology .stroke { stroke: ${palette.muted}; }`,
    `.topology .ground { fill: ${palette.ground}; stroke: ${palette.frame}; }`,
    '.topology .application .ground { fill: none; }',
    `.topology .band { fill: ${palette.band}; }`,
    `.topology .header .outline { stroke: ${palette.frame}; }`,
    `.topology .port { fill: ${palette.background}; stroke: ${palette.stream}; }`,
    '.topology .node .outline { fill-opacity: 0.1; }',
    ...kinds.flatMap(([kind, colour]) => [
      `.topology .node${kind} .outline, .topology .node${kind} .ring,` +
        ` .topology .node${kind} .stroke { stroke: ${colour}; }`,
      `.topology .node${kind} .outline { fill: ${colour}; }`,
    ]),
    `.topology .node.task .outline, .topology .node.split .outline { fill: ${palette.surface}; }`,
    '.topology .node.task .outline, .topology .node.split .outline { fill-opacity: 1; }',
    `.topology .asker .stroke, .topology .asker-replier .stroke { stroke: ${palette.request}; }`,
    `.topology .replier .stroke { stroke: ${palette.reply}; }`,
    ...edges.flatMap(([kind, colour]) => [
      `.topology .edge${kind} .line, .topology .edge${kind} .arrow { stroke: ${colour}; }`,
      `.topology .edge${kind} .filled, .topology .edge${kind} .junction { fill: ${colour}; }`,
    ]),
  ].join('\n');
}
