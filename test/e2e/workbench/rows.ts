import type { Locator, Page } from 'playwright-core';
import { eventually, limitMs } from './eventually.ts';

/** After this time a click on a twistie counts as lost. */
const TURNING_MS = 5000;

/** After this time a row counts as removed. */
const GONE_MS = 1000;

/** Less than two rows, so that a short list skips none. */
const SCROLLED_PIXELS = 40;

/**
 * A list or tree of the workbench. Rows are identified by accessible names, which
 * differ less between releases than markup. Only visible rows exist in the page.
 */
export class Rows {
  readonly #container: Locator;

  constructor(container: Locator) {
    this.#container = container;
  }

  /** The accessible names of the visible rows, from the top. */
  async labels(): Promise<string[]> {
    const rows = this.#container.locator('.monaco-list-row');
    const labelled = await rows.evaluateAll((all) =>
      all.map((row) => ({
        label: row.getAttribute('aria-label') ?? '',
        top: Number(row.getAttribute('data-index') ?? -1),
      })),
    );
    return labelled.sort((one, other) => one.top - other.top).map(({ label }) => label);
  }

  /** The first row whose label starts so, or matches; waits for it and scrolls it into view. */
  async find(label: string | RegExp): Promise<Locator> {
    const row = this.#row(label);
    await eventually(
      `a row ${label} among ${JSON.stringify(await this.labels())}`,
      async () => {
        if ((await row.count()) > 0 && (await isInSight(row))) return true;
        await this.scroll();
        return false;
      },
      (found) => found,
    );
    return row;
  }

  /** Scrolls down by some rows, from the end back to the start. */
  async scroll(): Promise<void> {
    const box = await this.#container.boundingBox();
    if (!box) return;
    const { mouse } = this.#container.page();
    await mouse.move(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    const before = await this.#layout();
    await mouse.wheel(0, SCROLLED_PIXELS);
    await this.#drawn();
    if (before !== (await this.#layout())) return;
    await mouse.wheel(0, -100_000);
    await this.#drawn();
  }

  /** The rows and their positions; the last scroll may move them by a few pixels only. */
  #layout(): Promise<string> {
    const rows = this.#container.locator('.monaco-list-row');
    return rows.evaluateAll((all) =>
      all
        .map((row) => `${row.getAttribute('aria-label')} ${row.getBoundingClientRect().top}`)
        .join('\n'),
    );
  }

  /** Waits for the frame that renders the scrolled rows. */
  async #drawn(): Promise<void> {
    const frames =
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
    await this.#container.page().evaluate(frames);
  }

  /** Opens a tree row unless it is open. */
  async expand(label: string | RegExp): Promise<void> {
    await this.#turn(label, 'true');
  }

  /** Clicks the checkbox of a row and waits for the change. */
  async toggle(label: string | RegExp): Promise<void> {
    const row = await this.find(label);
    const box = row.locator('input[type=checkbox], [role=checkbox]').first();
    const was = await box.isChecked();
    await box.click({ timeout: limitMs });
    await eventually(
      `${label} is ${was ? 'off' : 'on'}`,
      () => box.isChecked(),
      (is) => is !== was,
    );
  }

  /** Takes an item of a row's context menu. */
  async menu(label: string | RegExp, item: string): Promise<void> {
    const row = await this.find(label);
    await row.click({ button: 'right' });
    await takeFromMenu(row.page(), item);
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.#turn(label, 'false');
  }

  /** Also succeeds if the window expands or collapses the row by itself. */
  async #turn(label: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
    const turned = this.#row(label).and(
      this.#container.locator(`.monaco-list-row[aria-expanded=${expanded}]`),
    );
    await eventually(
      `${label} is ${expanded === 'true' ? 'open' : 'closed'}`,
      async () => {
        const row = await this.find(label);
        if ((await turned.count()) > 0) return true;
        const click = row.locator('.monaco-tl-twistie').click({ timeout: TURNING_MS });
        const seen = click.then(() => turned.waitFor({ timeout: TURNING_MS }));
        return seen.then(
          () => true,
          () => false,
        );
      },
      (isTurned) => isTurned,
    );
  }

  #row(label: string | RegExp): Locator {
    const rows = this.#container.locator('.monaco-list-row');
    if (typeof label === 'string') {
      return this.#container
        .locator(`.monaco-list-row[aria-label^=${JSON.stringify(label)}]`)
        .first();
    }
    const named = this.#container.page().getByRole('treeitem', { name: label });
    return rows.and(named.or(this.#container.page().getByRole('row', { name: label }))).first();
  }
}

/** True if the row is neither clipped nor covered by sticky rows. */
async function isInSight(row: Locator): Promise<boolean> {
  const look = row.evaluate(
    (element) => {
      const sticky = '.monaco-tree-sticky-container';
      if (element.closest(sticky)) return true;
      const list = element.closest('.monaco-list');
      const { top, bottom } = list?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      const covered = list?.querySelector(`${sticky}:not(.empty)`)?.getBoundingClientRect();
      const own = element.getBoundingClientRect();
      return own.top >= (covered?.bottom ?? top) - 1 && own.bottom <= bottom + 1;
    },
    undefined,
    { timeout: GONE_MS },
  );
  // A row may be removed before it is measured.
  return look.catch(() => false);
}

/** Takes an item of the context menu that is open. */
export async function takeFromMenu(page: Page, item: string): Promise<void> {
  const found = page.locator('.context-view .action-item', { hasText: item }).first();
  await found.hover({ timeout: limitMs });
  // By keyboard: a menu that has just opened may ignore the click.
  await found.and(page.locator('.focused')).waitFor({ timeout: limitMs });
  await page.keyboard.press('Enter');
}
