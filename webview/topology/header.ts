import type { ProtocolPoint } from '../../runtime/index.ts';
import { html, screenReaderText } from '../panel/dom.ts';
import { type PanelSession, phaseText } from '../panel/messages.ts';
import { activityText, crashText, eventText } from './aria-labels.ts';
import type { PanelStatus } from './messages.ts';

/** The points of the commit protocol in order; the type requires all of them. */
const POINTS = Object.keys({
  read: true,
  process: true,
  aligned: true,
  'pre-commit(output)': true,
  'pre-commit(state)': true,
  vote: true,
  decide: true,
  publish: true,
  acknowledge: true,
} satisfies Record<ProtocolPoint, true>);

/** The header: the current step, its activity, its protocol point and the run settings. */
export class Header {
  readonly element: HTMLElement;
  readonly #program = html('span', 'program-name');
  readonly #announcement = screenReaderText('p');
  readonly #phase = html('span', 'phase');
  readonly #step = html('strong', 'step');
  readonly #doing = html('span', 'doing');
  readonly #settings = html('span', 'settings');
  readonly #attempt = html('span', 'attempt');
  readonly #points = html('ol', 'points');
  readonly #crash = html('p', 'crash-note');
  readonly #ended = html('p', 'ended-note');
  readonly #endedText = html('span', '');

  /** `again` starts the session again. */
  constructor(tools: HTMLElement, again: () => void) {
    const button = html('button', 'link-button', 'Run again');
    button.type = 'button';
    button.addEventListener('click', again);
    this.#ended.append(this.#endedText, button);
    for (const point of POINTS) {
      const item = html('li', 'point', html('span', 'point-name', point));
      item.title = point;
      this.#points.append(item);
    }
    this.#points.setAttribute('aria-label', 'Protocol points of the atom');
    this.#announcement.setAttribute('role', 'status');
    const line = html('p', 'line', this.#step, this.#doing, this.#attempt);
    this.element = html(
      'header',
      'header-strip',
      html('div', 'top', line, html('div', 'tools-row', tools, this.#program)),
      html('div', 'below', this.#phase, this.#points, this.#settings),
      this.#crash,
      this.#ended,
      this.#announcement,
    );
  }

  show(session: PanelSession, status: PanelStatus | undefined): void {
    const ended = session.state === 'ended';
    this.element.hidden = status === undefined;
    if (status === undefined) return;
    this.#step.textContent = `Step ${status.step}`;
    const sentences = [activityText(status), eventText(status)].filter(
      (sentence) => sentence !== '',
    );
    this.#doing.textContent = ended ? '' : sentences.join(', ');
    this.#attempt.textContent = `attempt ${status.attempt}`;
    this.#attempt.hidden = ended || status.attempt <= 1;
    this.#settings.replaceChildren(...settingsOf(status));
    this.#program.textContent = session.program ?? '';
    this.#phase.textContent = ended ? '' : phaseText(status);
    this.#showPoints(ended ? undefined : status);
    setText(this.#crash, crashText(status));
    this.#crash.hidden = this.#crash.textContent === '';
    this.#ended.hidden = !ended;
    this.#endedText.textContent = `The session ended after ${status.step} steps.`;
    const text = ended ? this.#endedText : this.#doing;
    setText(this.#announcement, `Step ${status.step}: ${text.textContent}`);
  }

  /** Marks the passed points and the current one. */
  #showPoints(status: PanelStatus | undefined): void {
    // While events are processed, `read` is the last passed point.
    const point = status?.phase === 'processing' ? 'process' : status?.point;
    const current = POINTS.indexOf(point ?? '');
    this.#points.hidden = current < 0;
    [...this.#points.children].forEach((item, index) => {
      item.classList.toggle('passed', index < current);
      item.classList.toggle('here', index === current);
      if (index === current) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    });
  }
}

function settingsOf(status: PanelStatus): HTMLElement[] {
  const every = status.snapshotEvery === 1 ? [] : [`snapshot every ${status.snapshotEvery} atoms`];
  const texts = [`seed ${status.seed}`, `schedule ${status.schedule}`, ...every];
  return texts.map((text) => html('span', 'setting', text));
}

/** Leaves equal text alone, so that screen readers do not repeat it. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
