import type { Locator, Page } from 'playwright-core';
import { eventually, limitMs } from './eventually.ts';

/** So much of a list that has been scrolled is covered by the rows that stay at its top. */
const STUCK_PIXELS = 66;
/** A list that is lower than this keeps no rows at its top. */
const STICKY_PIXELS_MIN = 160;

/**
 * A list or tree of the workbench. Rows are known by what a screen reader says about them, which
 * differs less among releases than their markup. Only rows in sight exist in the page.
 */
export class Rows {
  readonly #container: Locator;
  /** How often in a row scrolling has moved nothing. */
  #unmoved = 0;

  constructor(container: Locator) {
    this.#container = container;
  }

  /** What a screen reader says about each row in sight, from the top. */
  async labels(): Promise<string[]> {
    const rows = this.#container.locator('.monaco-list-row');
    // In one round through the browser: it is asked for often.
    const labelled = await rows.evaluateAll((all) =>
      all.map((row) => ({
        label: row.getAttribute('aria-label') ?? '',
        top: Number(row.getAttribute('data-index') ?? -1),
      })),
    );
    return labelled.sort((one, other) => one.top - other.top).map(({ label }) => label);
  }

  /** The first row whose label starts so, or matches; waits for it and scrolls to it. */
  async find(label: string | RegExp): Promise<Locator> {
    const row = this.#row(label);
    if (await this.#isInSight(row)) return row;
    const others = await this.labels();
    await eventually(
      `a row ${label} among ${JSON.stringify(others)}`,
      async () => {
        if (await this.#isInSight(row)) return true;
        await this.scroll();
        return false;
      },
      (found) => found,
    );
    return row;
  }

  /** Whether all of a row can be seen: also rows beyond the edges, and below others, exist. */
  async #isInSight(row: Locator): Promise<boolean> {
    if ((await row.count()) === 0) return false;
    const [list, its] = await Promise.all([boxOf(this.#container), boxOf(row)]);
    if (!list || !its) return false;
    const isWhole = list.height < STICKY_PIXELS_MIN || (await this.#isAtTop());
    const covered = isWhole ? 0 : STUCK_PIXELS;
    const isBelowTop = its.y >= list.y + covered - 1;
    return isBelowTop && its.y + its.height <= list.y + list.height + 1;
  }

  async #isAtTop(): Promise<boolean> {
    const first = this.#container.locator('.monaco-list-row[data-index="0"]').first();
    if ((await first.count()) === 0) return (await this.labels()).length === 0;
    const [list, its] = await Promise.all([boxOf(this.#container), boxOf(first)]);
    return list !== null && its !== null && its.y >= list.y - 1;
  }

  /** Scrolls down by some rows, from the end back to the start. */
  async scroll(): Promise<void> {
    const box = await this.#container.boundingBox();
    if (!box) return;
    const { mouse } = this.#container.page();
    await mouse.move(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    const before = await this.labels();
    await mouse.wheel(0, 60);
    const after = await this.labels();
    // A busy window moves its rows later; the end is where they do not move any more.
    this.#unmoved = before.join('\n') === after.join('\n') ? this.#unmoved + 1 : 0;
    if (this.#unmoved >= 4) {
      await mouse.wheel(0, -100_000);
      await eventually(
        'the list is at its top',
        () => this.#isAtTop(),
        (isThere) => isThere,
      );
      this.#unmoved = 0;
    }
    // What is said of the row under the mouse would lie over the next one.
    await mouse.move(0, 0);
  }

  /** Opens a tree row unless it is open. */
  async expand(label: string | RegExp): Promise<void> {
    await this.#turn(label, 'true');
  }

  /** Clicks the checkbox of a row. */
  async toggle(label: string | RegExp): Promise<void> {
    const box = (await this.find(label)).locator('input[type=checkbox], [role=checkbox]');
    await box.first().click({ timeout: limitMs });
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

  async #turn(label: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
    const row = await this.find(label);
    if ((await row.getAttribute('aria-expanded')) !== expanded) {
      await row.locator('.monaco-tl-twistie').click();
    }
    const turned = this.#container.locator(`[aria-expanded=${expanded}]`);
    await this.#row(label).and(turned).waitFor({ timeout: limitMs });
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

/** Where something is; `null` if it has gone meanwhile. */
function boxOf(locator: Locator): ReturnType<Locator['boundingBox']> {
  return locator.boundingBox({ timeout: 1000 }).catch(() => null);
}

/** Takes an item of the context menu that is open. */
export async function takeFromMenu(page: Page, item: string): Promise<void> {
  const found = page.locator('.context-view .action-item', { hasText: item }).first();
  await found.hover({ timeout: limitMs });
  // By key: a menu that has just opened takes a click for the end of the one that opened it.
  await found.and(page.locator('.focused')).waitFor({ timeout: limitMs });
  await page.keyboard.press('Enter');
}
