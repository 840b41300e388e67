import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eventually, limitMs, type ServedVsCode } from '../workbench/index.ts';
import { debugExample, lineOf } from './debugged-example.ts';

const EXAMPLE = 'shopping-cart.js';
/** Evaluated in the page, whose types Node does not know. */
const background = 'getComputedStyle(document.body).backgroundColor';
/** The edges without a color, which are invisible. */
const undrawn = `[...document.querySelectorAll('.edge .line')]
  .filter((line) => getComputedStyle(line).stroke === 'none')
  .map((line) => line.parentElement.getAttribute('class'))`;

/** The topology beside the code. */
export function topology(vscode: ServedVsCode): void {
  it('the topology panel draws the app, follows the steps and leads to the source', () =>
    vscode.window('topology', async (workbench) => {
      await debugExample(workbench, EXAMPLE);
      const panel = await workbench.webview('.topology.view');
      const element = (path: string) => panel.locator(`[data-path="${path}"]`).first();
      for (const name of ['inventory', 'cart', 'orders', 'analytics']) {
        await element(`/shop/workflows/${name}`).waitFor({ timeout: limitMs });
      }
      await element('/shop/portals/inventory').waitFor();

      const header = panel.locator('header');
      const before = await header.innerText();
      await workbench.debug.press('Step Atom');
      await workbench.debug.stopped(/Before the atom of step 1/);
      await eventually(
        'the panel announces the step',
        () => header.innerText(),
        (text) => text !== before && /Step 1\b/.test(text),
      );

      await element('/shop/workflows/cart/items').click();
      const line = lineOf(EXAMPLE, '.asker(inventoryPortal, (ctx) => (command) => {');
      await workbench.cursorIsAt(line);
    }));
}

/** The topology in each kind of theme; leaves the window in a light one. */
export function themes(vscode: ServedVsCode): void {
  it('the topology panel is readable in every kind of theme', () =>
    vscode.window('themes', async (workbench) => {
      await debugExample(workbench, EXAMPLE);
      const panel = await workbench.webview('.topology.view');
      await panel.locator('[data-path="/shop/workflows/cart"]').first().waitFor();
      const colours = new Set<string>();
      const kinds = {
        dark: 'dark',
        contrast: 'high-contrast',
        'light contrast': 'high-contrast-light',
        light: 'light',
      };
      for (const theme of ['dark', 'contrast', 'light contrast', 'light'] as const) {
        await workbench.theme(theme);
        await panel.locator(`body.vscode-${kinds[theme]}`).waitFor({ timeout: limitMs });
        const drawn = await panel.locator('body').evaluate(background);
        colours.add(String(drawn));
        assert.deepEqual(await panel.locator('body').evaluate(undrawn), [], theme);
        await workbench.screenshot(theme.replace(' ', '-'));
      }
      assert.equal(colours.size, 3, `${[...colours]}: both light ones are white`);
    }));
}
