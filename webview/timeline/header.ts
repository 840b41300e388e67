import { html } from '../panel/dom.ts';
import type { PanelSession } from '../panel/messages.ts';
import { activityText, positionText } from './aria-labels.ts';
import { countText } from './chart/ticks.ts';
import type { TimelineStatus } from './messages.ts';

/** The header: the current step, whether it is in the past, and the activity. */
export class Header {
  readonly element: HTMLElement;
  readonly #program = html('span', 'program-name');
  readonly #step = html('strong', 'step-number');
  readonly #past = html('button', 'pill', 'in the past');
  readonly #doing = html('span', 'doing');
  readonly #branch = html('span', 'branch-name');
  readonly #again = html('button', 'link-button', 'Run again');

  /** `goToEnd` seeks to the end of the history; `again` starts the session again. */
  constructor(tools: HTMLElement, actions: { goToEnd: () => void; again: () => void }) {
    this.#past.type = 'button';
    this.#past.addEventListener('click', actions.goToEnd);
    this.#again.type = 'button';
    this.#again.addEventListener('click', actions.again);
    const line = html(
      'p',
      'line',
      this.#step,
      this.#past,
      this.#branch,
      this.#doing,
      this.#again,
      this.#program,
    );
    line.setAttribute('role', 'status');
    this.element = html('header', 'header-strip', line, tools);
  }

  show(session: PanelSession, status: TimelineStatus | undefined): void {
    this.element.hidden = status === undefined;
    if (status === undefined) return;
    const ended = session.state === 'ended';
    this.#program.textContent = session.program ?? '';
    const { step, recorded = step, branch = 0 } = status;
    this.#step.textContent = positionText(status);
    this.#past.hidden = ended || step >= recorded;
    this.#past.title = `Go to the end of the history, step ${countText(recorded)}`;
    this.#branch.hidden = branch === 0;
    this.#branch.textContent = `branch ${branch}`;
    this.#doing.textContent = ended ? 'The session has ended.' : activityText(status);
    this.#again.hidden = !ended;
  }
}
