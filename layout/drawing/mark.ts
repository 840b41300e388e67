/**
 * One SVG element as plain data. The panel converts it to DOM elements and the export to text, so
 * both drawings are the same.
 */
export interface Mark {
  readonly tag: 'g' | 'path' | 'rect' | 'circle' | 'text' | 'tspan' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Mark[];
  readonly text?: string;
}

export function group(className: string, children: readonly Mark[], more: Attributes = {}): Mark {
  return { tag: 'g', attributes: { class: className, ...more }, children };
}

export function path(className: string, d: string): Mark {
  return { tag: 'path', attributes: { class: className, d } };
}

export function text(className: string, x: number, y: number, content: string): Mark {
  return { tag: 'text', attributes: { class: className, x, y }, text: content };
}

/** The attributes that translate a mark. */
export function translate(x: number, y: number): Attributes {
  return { transform: `translate(${x},${y})` };
}

type Attributes = Mark['attributes'];
