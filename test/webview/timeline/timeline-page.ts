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

/** What a host knows of an app. */
export interface Told {
  readonly lanes: readonly Lane[];
  readonly sources: Readonly<Record<string, string>>;
  readonly history: readonly HistoryEntry[];
  readonly status: TimelineStatus;
}

/** The timeline, and a host that answers what it asks. */
export class TimelinePage extends PanelPage<HostMessage, PanelMessage> {
  #answered = 0;

  /** Shows an app that runs, and tells of its history what the panel asks for. */
  async show({ lanes, sources, history, status }: Told, edition = 1): Promise<void> {
    const session = { state: 'running', name: 'shop.js' } as const;
    await this.tell({ type: 'session', session, seekable: true });
    await this.tell({ type: 'lanes', lanes, sources });
    await this.tell({ type: 'status', status, edition });
    await this.answer(history, edition);
  }

  /** Answers what the panel has asked since the last time, until it asks no more. */
  async answer(history: readonly HistoryEntry[], edition = 1): Promise<void> {
    const read = (start: number, count: number) => history.slice(start, start + count);
    for (;;) {
      const asked = (await this.sent()).slice(this.#answered);
      if (asked.length === 0) return;
      this.#answered += asked.length;
      for (const want of asked) {
        if (want.type === 'wantSteps') {
          const { start, count } = want;
          await this.tell({ type: 'steps', edition, start, items: read(start, count) });
        } else if (want.type === 'wantDensity') {
          const { start, count, binSize } = want;
          const density = densityOf(read, start, count, binSize);
          await this.tell({ type: 'density', edition, density });
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

  /** Where a step's mark, or its place, stands on the page. */
  async placeOf(step: number): Promise<{ readonly x: number; readonly y: number }> {
    const mark = await this.tab.locator(`.plot [data-step="${step}"]`).boundingBox();
    if (mark === null) throw new Error(`step ${step} has no mark`);
    return { x: mark.x + mark.width / 2, y: mark.y + mark.height / 2 };
  }

  /** What screen readers say the keyboard is at. */
  async spoken(): Promise<string> {
    const text = await this.tab.locator('.plot').getAttribute('aria-valuetext');
    return text ?? '';
  }
}
