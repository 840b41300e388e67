import { densityOf } from '../../../debug-adapter/time-travel/density.ts';
import type { HistoryEntry } from '../../../runtime/index.ts';
import type {
  HostMessage,
  Lane,
  PanelMessage,
  TimelineStatus,
} from '../../../webview/timeline/messages.ts';
import { PanelBrowser } from '../panel-browser.ts';
import { PanelPage } from '../panel-page.ts';

/** Opens timelines until it is closed. */
export function launchTimeline(): Promise<PanelBrowser<TimelinePage>> {
  return PanelBrowser.launch('timeline', TimelinePage);
}

/** The data that a host sends. */
export interface HostMessages {
  readonly lanes: readonly Lane[];
  readonly sources: Readonly<Record<string, string>>;
  readonly history: readonly HistoryEntry[];
  readonly status: TimelineStatus;
}

/** The timeline with a host that answers its queries. */
export class TimelinePage extends PanelPage<HostMessage, PanelMessage> {
  #answered = 0;

  /** Shows an app and answers the queries for its history. */
  async show({ lanes, sources, history, status }: HostMessages, historyVersion = 1): Promise<void> {
    const session = { state: 'running', name: 'shop.js' } as const;
    await this.send({ type: 'session', session, seekable: true });
    await this.send({ type: 'lanes', lanes, sources });
    await this.send({ type: 'status', status, historyVersion });
    await this.answer(history, historyVersion);
  }

  /** Answers new queries until there are none. */
  async answer(history: readonly HistoryEntry[], historyVersion = 1): Promise<void> {
    const read = (start: number, count: number) => history.slice(start, start + count);
    for (;;) {
      const asked = (await this.sent()).slice(this.#answered);
      if (asked.length === 0) return;
      this.#answered += asked.length;
      for (const query of asked) {
        if (query.type === 'querySteps') {
          const { start, count } = query;
          await this.send({ type: 'steps', historyVersion, start, items: read(start, count) });
        } else if (query.type === 'queryDensity') {
          const { start, count, binSize } = query;
          const density = densityOf(read, start, count, binSize);
          await this.send({ type: 'density', historyVersion, density });
        }
      }
      await this.settle();
    }
  }

  /** The steps that have a mark of a class, in order. */
  async steps(className = 'step'): Promise<number[]> {
    const steps = await this.tab.evaluate<string[]>(
      `[...document.querySelectorAll('.plot path.step.${className}')]` +
        '.map(({ dataset }) => dataset.step)',
    );
    return steps.map(Number).sort((one, other) => one - other);
  }

  /** The center of a step's mark on the page. */
  async placeOf(step: number): Promise<{ readonly x: number; readonly y: number }> {
    const mark = await this.tab.locator(`.plot [data-step="${step}"]`).boundingBox();
    if (mark === null) throw new Error(`step ${step} has no mark`);
    return { x: mark.x + mark.width / 2, y: mark.y + mark.height / 2 };
  }

  /** The ARIA value text of the selected step. */
  async ariaValueText(): Promise<string> {
    const text = await this.tab.locator('.plot').getAttribute('aria-valuetext');
    return text ?? '';
  }
}
