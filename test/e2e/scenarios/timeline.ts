import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eventually, limitMs, type ServedVsCode, type Workbench } from '../workbench/index.ts';
import { debugExample, lineOf } from './debugged-example.ts';

const EXAMPLE = 'shopping-cart.js';
const COMPOUND = 'Shopping cart, with and without a crash';
const SESSION = /^Session Shopping cart (?!.*Running)/;
const CRASHING_SESSION = /^Session Shopping cart, cart crashes at pre-commit (?!.*Running)/;

/** Waits until the timeline shows this position. */
async function shows(workbench: Workbench, expected: RegExp): Promise<void> {
  const timeline = await workbench.webview('.plot');
  await eventually(
    `the timeline shows ${expected}`,
    () => timeline.locator('.step-number').innerText({ timeout: limitMs }),
    (text) => expected.test(text),
  );
}

/**
 * Opens the timeline after the topology has loaded: of two webviews that load for the first time at
 * once, VS Code may leave one blank.
 */
async function showTimeline(workbench: Workbench): Promise<void> {
  await workbench.webview('.topology.view');
  await workbench.command('Portals: Show Timeline');
}

/** The timeline by mouse, command and keyboard. */
export function history(vscode: ServedVsCode): void {
  it('the timeline shows the steps and seeks among them', () =>
    vscode.window('timeline', async (workbench) => {
      const { debug } = workbench;
      const editor = await debugExample(workbench, EXAMPLE);
      await showTimeline(workbench);
      await shows(workbench, /^Step 0$/);
      const checkout = lineOf(EXAMPLE, 'if (items.get().length > 0)');
      await editor.setBreakpoint(checkout);
      await debug.press('Continue');
      await debug.stopped(`Stack Frame event handler of items, line ${checkout}`);
      await shows(workbench, /^Step \d+$/);

      const timeline = await workbench.webview('.plot');
      await timeline.locator('.plot [data-step="9"]').click();
      await debug.stopped(/Before the atom of step 9/);
      await shows(workbench, /^Step 9 of \d+$/);
      await debug.variables.find(/^inventory\/stock\.stock, value/);
      await workbench.picture('screenshot-timeline');

      await debug.press('Step Back Atom');
      await debug.stopped(/Before the atom of step 8/);
      await workbench.key('Control+Shift+F11');
      await debug.stopped(/Before the atom of step 7/);
      await workbench.key('Control+F10');
      await debug.stopped(/Before the atom of step 8/);

      await workbench.command('Portals: Seek to Step');
      await workbench.type('x');
      await workbench.showsValidation(/^Enter a whole number/);
      await workbench.type('99999');
      await workbench.key('Enter');
      await debug.stopped(/Complete after \d+ steps/);
      await workbench.command('Portals: Seek to Step');
      await workbench.type('3');
      await workbench.key('Enter');
      await debug.stopped(/Before the atom of step 3/);
      await timeline.locator('.pill').click();
      await shows(workbench, /^Step \d+$/);
    }));
}

/** A run from F5 to its end, and what remains of it. */
export function wholeRun(vscode: ServedVsCode): void {
  it('a run stops at completion, and its timeline outlives the session', () =>
    vscode.window('whole-run', async (workbench) => {
      const { debug } = workbench;
      await debugExample(workbench, EXAMPLE);
      await showTimeline(workbench);
      await shows(workbench, /^Step 0$/);
      for (let press = 0; press < 7; press += 1) await workbench.key('Control+F10');
      await shows(workbench, /^Step 7$/);
      await debug.press('Continue');
      await debug.callStack.find(/Complete after \d+ steps/);
      const timeline = await workbench.webview('.plot');
      const marks = () => timeline.locator('.plot path.step').count();
      const drawn = await eventually('all steps have marks', marks, (count) => count > 40);
      await debug.press('Continue');
      await debug.ended();
      await timeline.getByText('The session has ended.').waitFor({ timeout: limitMs });
      assert.equal(await marks(), drawn);
      await workbench.command('View: Toggle Panel Visibility');
      await workbench.command('Portals: Show Timeline');
      const again = await workbench.webview('.plot');
      await eventually(
        'the timeline shows the ended run again',
        () => again.locator('.plot path.step').count(),
        (count) => count === drawn,
      );
      await workbench.screenshot('ended');
    }));
}

/** A crash and a state change in the past, the resulting branches, and the way back. */
export function forks(vscode: ServedVsCode): void {
  it('the timeline shows forks and returns to the original history', () =>
    vscode.window('fork', async (workbench) => {
      const { debug } = workbench;
      await debugExample(workbench, EXAMPLE);
      await showTimeline(workbench);
      // It takes the focus when it loads.
      await workbench.webview('.plot');
      for (let step = 1; step <= 4; step += 1) {
        await debug.press('Step Atom');
        await debug.stopped(new RegExp(`Before the atom of step ${step}\\b`));
      }
      await debug.press('Step Back Atom');
      await debug.stopped(/Before the atom of step 3/);
      await debug.press('Crash');
      await workbench.pick('inventory');
      await workbench.pick('vote');
      await workbench.pick('The next time');
      const timeline = await workbench.webview('.plot');
      const branches = timeline.locator('.branch text');
      await branches.filter({ hasText: 'Branch 1: crash:' }).waitFor({ timeout: limitMs });
      await shows(workbench, /^Step 3$/);

      await debug.press('Step Back Atom');
      await debug.stopped(/Before the atom of step 2/);
      await workbench.command('Portals: Set State');
      await workbench.pick('0');
      await workbench.showsQuickInput('Set stock[0]');
      await workbench.type('nonsense');
      await workbench.key('Enter');
      await workbench.showsValidation(/nonsense is not defined/);
      await workbench.type('3 + 4');
      await workbench.key('Enter');
      await branches.filter({ hasText: 'Branch 2: set stock[0] of' }).waitFor();
      await debug.variables.expand('Scope All keys');
      await debug.variables.expand(/stock\.stock, value/);
      await debug.variables.menu(/^0, value 7/, 'Delete State');
      await debug.variables.find(/stock\.stock, value 1 key/);
      await workbench.screenshot('deleted');
      await timeline.locator('.branch[data-branch="0"] rect').click({ position: { x: 2, y: 6 } });
      await shows(workbench, /^Step 0 of 4$/);
      await workbench.screenshot('first-course');
    }));
}

/** Two sessions and the panels. */
export function compound(vscode: ServedVsCode): void {
  it('the timeline follows the active one of two sessions', () =>
    vscode.window('compound', async (workbench) => {
      const { debug } = workbench;
      await workbench.openFile(EXAMPLE);
      await workbench.hasEditorAction('Debug Portal App');
      await debug.show();
      await workbench.key('F1');
      // The list is read once, possibly before the configurations are known.
      await eventually(
        'the configurations are offered',
        async () => {
          await workbench.type('');
          await workbench.type('debug Shopping cart');
          return workbench.choices();
        },
        (labels) => labels.some((label) => label.startsWith(COMPOUND)),
      );
      await workbench.pick(COMPOUND);
      await debug.callStack.find(SESSION);
      await debug.callStack.find(CRASHING_SESSION);
      await debug.paused();
      await showTimeline(workbench);
      await shows(workbench, /^Step 0$/);

      await (await debug.callStack.find(CRASHING_SESSION)).click();
      await debug.press('Step Atom');
      await debug.callStack.find(/^Stack Frame before step 1\b/);
      // VS Code may focus the stopped session while the other one runs.
      await (await debug.callStack.find(CRASHING_SESSION)).click();
      await shows(workbench, /^Step 1$/);
      await (await debug.callStack.find(SESSION)).click();
      await shows(workbench, /^Step 0$/);
      await workbench.screenshot('both');
      const header = (await workbench.webview('.topology.view')).locator('header');
      assert.match(await header.innerText(), /Step 0\b/);

      await workbench.key('Shift+F5');
      await debug.ended();
      await workbench.key('Control+1');
      await workbench.hasEditorAction('Debug Portal App');
      await workbench.key('F5');
      await debug.callStack.find(SESSION);
      await debug.callStack.find(CRASHING_SESSION);
    }));
}
