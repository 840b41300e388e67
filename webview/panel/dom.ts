import { type Selection, select } from 'd3';
import type { Mark } from '../../layout/drawing/index.ts';

/** A group of the picture. */
export type Layer = Selection<SVGGElement, unknown, null, undefined>;

const SVG = 'http://www.w3.org/2000/svg';

/** Makes a mark of the shared drawing an element of this page. */
export function elementOf(mark: Mark): SVGElement {
  const element = document.createElementNS(SVG, mark.tag);
  for (const [name, value] of Object.entries(mark.attributes)) {
    element.setAttribute(name, String(value));
  }
  if (mark.text !== undefined) element.textContent = mark.text;
  for (const child of mark.children ?? []) element.append(elementOf(child));
  return element;
}

/** Appends an empty group to `parent`. */
export function addLayer(parent: Layer | SVGSVGElement, className: string): Layer {
  const root = parent instanceof SVGSVGElement ? select(parent) : parent;
  return root.append('g').attr('class', className) as Layer;
}

/** An HTML element with a class and what it holds. */
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

/** A button with one of VS Code's icons. `label` is told to screen readers and as a tooltip. */
export function iconButton(icon: string, label: string, press: () => void): HTMLButtonElement {
  return button(html('span', `codicon codicon-${icon}`), label, press);
}

/** A button as large as one with an icon, whose face is a text. */
export function textButton(face: string, label: string, press: () => void): HTMLButtonElement {
  return button(face, label, press);
}

function button(face: Node | string, label: string, press: () => void): HTMLButtonElement {
  const button = html('button', 'icon-button', face);
  button.type = 'button';
  button.title = label;
  button.setAttribute('aria-label', label);
  button.addEventListener('click', press);
  return button;
}
