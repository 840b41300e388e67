import { type Selection, select } from 'd3';
import type { Mark } from '../../layout/drawing/index.ts';

/** A D3 selection of one SVG group. */
export type Layer = Selection<SVGGElement, unknown, null, undefined>;

const SVG = 'http://www.w3.org/2000/svg';

/** Creates the SVG element that a mark of the shared drawing describes. */
export function elementOf(mark: Mark): SVGElement {
  const element = document.createElementNS(SVG, mark.tag);
  for (const [name, value] of Object.entries(mark.attributes)) {
    element.setAttribute(name, String(value));
  }
  if (mark.text !== undefined) element.textContent = mark.text;
  for (const child of mark.children ?? []) {
    element.append(elementOf(child));
    // Not drawn, but separates the words of adjacent texts for assistive technology.
    if (child.tag === 'text') element.append(' ');
  }
  return element;
}

/** Appends an empty group to `parent`. */
export function addLayer(parent: Layer | SVGSVGElement, className: string): Layer {
  const root = parent instanceof SVGSVGElement ? select(parent) : parent;
  return root.append('g').attr('class', className) as Layer;
}

/** Creates an HTML element with a class name and child nodes. */
export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

/** Text for screen readers only. */
export function screenReaderText<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
): HTMLElementTagNameMap[Name] {
  return html(name, 'screen-reader-only', text);
}

/** A button with one of VS Code's icons; `label` is its accessible name and its tooltip. */
export function iconButton(icon: string, label: string, press: () => void): HTMLButtonElement {
  return button(html('span', `codicon codicon-${icon}`), label, press);
}

/** A button of the same size as an icon button that shows a short text. */
export function textButton(text: string, label: string, press: () => void): HTMLButtonElement {
  return button(text, label, press);
}

function button(content: Node | string, label: string, press: () => void): HTMLButtonElement {
  const button = html('button', 'icon-button', content);
  button.type = 'button';
  button.title = label;
  button.setAttribute('aria-label', label);
  button.addEventListener('click', press);
  return button;
}
