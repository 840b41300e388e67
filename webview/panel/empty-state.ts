import { html } from './dom.ts';
import type { PanelSession, Start } from './messages.ts';

/** The texts and buttons of an empty panel. */
export interface EmptyStateContent {
  readonly title: string;
  readonly text: readonly string[];
  readonly buttons: readonly (readonly [Start, string])[];
}

/** Explains what an empty panel is for and how to fill it. */
export class EmptyState {
  readonly element = html('div', 'empty-state');
  readonly #start: (what: Start) => void;
  readonly #sketch: () => Element;

  /** `sketch` draws a small illustration of the panel's content. */
  constructor(start: (what: Start) => void, sketch: () => Element) {
    this.#start = start;
    this.#sketch = sketch;
  }

  show({ title, text, buttons }: EmptyStateContent): void {
    const row = html('div', 'buttons');
    for (const [what, label] of buttons) {
      const button = html('button', what === 'file' ? 'primary' : 'secondary', label);
      button.type = 'button';
      button.addEventListener('click', () => this.#start(what));
      row.append(button);
    }
    const texts = text.map((paragraph) => html('p', '', paragraph));
    this.element.replaceChildren(this.#sketch(), html('h2', '', title), ...texts, row);
  }
}

/** The content without a session; `subject` says what the panel shows. */
export function noSessionContent(subject: string): EmptyStateContent {
  return {
    title: 'No portal app is running',
    text: [
      subject,
      'Open a portal app (a file that calls PortalsJS.ApplicationBuilder) and press F5. ' +
        'New to portals? Start with an example.',
    ],
    buttons: [
      ['file', 'Debug Open File'],
      ['example', 'Open an Example'],
    ],
  };
}

/** The content after an error. */
export function problemContent(
  title: string,
  { problem }: Pick<PanelSession, 'problem'>,
): EmptyStateContent {
  return { title, text: [problem ?? ''], buttons: [['again', 'Run Again']] };
}
