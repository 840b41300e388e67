import { html } from './dom.ts';
import type { PanelSession, Start } from './messages.ts';

/** What stands in place of a panel's picture. */
export interface BlankContent {
  readonly title: string;
  readonly text: readonly string[];
  readonly buttons: readonly (readonly [Start, string])[];
}

/** What a panel that has nothing to show is for, and how to get something to show. */
export class Blank {
  readonly element = html('div', 'blank');
  readonly #start: (what: Start) => void;
  readonly #sketch: () => Element;

  /** `sketch` draws the panel's subject in one line. */
  constructor(start: (what: Start) => void, sketch: () => Element) {
    this.#start = start;
    this.#sketch = sketch;
  }

  show({ title, text, buttons }: BlankContent): void {
    const row = html('div', 'buttons');
    for (const [what, label] of buttons) {
      const button = html('button', what === 'file' ? 'primary' : 'secondary', label);
      button.type = 'button';
      button.addEventListener('click', () => this.#start(what));
      row.append(button);
    }
    const texts = text.map((paragraph) => html('p', '', paragraph));
    this.element.replaceChildren(this.#sketch(), html('h1', '', title), ...texts, row);
  }
}

/** What to say where no app runs, after the sentence that tells what the panel shows. */
export function nothingRuns(subject: string): BlankContent {
  return {
    title: 'No portal app is running',
    text: [
      subject,
      'Open a portal app, a file that calls PortalsJS.ApplicationBuilder(…), and press F5. ' +
        'New to portals? Begin with an example.',
    ],
    buttons: [
      ['file', 'Debug the Open File'],
      ['example', 'Open an Example'],
    ],
  };
}

/** What to say where something failed. */
export function problemWith(
  what: string,
  { problem }: Pick<PanelSession, 'problem'>,
): BlankContent {
  return { title: what, text: [problem ?? ''], buttons: [['again', 'Run Again']] };
}
