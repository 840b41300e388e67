import assert from 'node:assert/strict';
import { it } from 'node:test';
import { limitMs, type ServedVsCode } from '../workbench/index.ts';
import { debugExample, lineOf } from './debugged-example.ts';

const EXAMPLE = 'shopping-cart.js';

/** Forwards and backwards by atom and by line, breakpoints, a jump, and on to the end. */
export function stepping(vscode: ServedVsCode): void {
  it('the shopping cart stops at entry, at atoms and at a line of a handler', () =>
    vscode.window('stepping', async (workbench) => {
      const { debug } = workbench;
      const editor = await debugExample(workbench, EXAMPLE);
      assert.ok((await debug.buttons()).includes('Step Atom'), `${await debug.buttons()}`);

      await debug.press('Step Atom');
      await debug.stopped(/Before the atom of step 1/);
      await workbench.screenshot('step-1');

      const line = lineOf(EXAMPLE, 'const items = itemsOf(ctx);');
      await editor.setBreakpoint(line);
      await debug.press('Continue');
      await debug.stopped(/paused on breakpoint/i);
      await debug.stopped(`Stack Frame event handler of items, line ${line}`);

      await workbench.key('F10');
      await debug.stopped(`Stack Frame event handler of items, line ${line + 1}`);
      await debug.variables.expand('Scope Local');
      await debug.variables.find(/^items, value PerKeyState \{\[\]\}/);
      const offered = await debug.completions('1 + comm');
      assert.ok(
        offered.some((label) => /^command\b/.test(label)),
        `${offered}`,
      );
      await debug.press('Step Back');
      await debug.stopped(`Stack Frame event handler of items, line ${line}`);
      await debug.callStack.menu('Stack Frame event handler of items', 'Restart Frame');
      await debug.stopped(`Stack Frame event handler of items, line ${line - 1}`);

      // Customer 1 has taken tea and jam when the checkout comes.
      await editor.removeBreakpoint(line);
      const checkout = lineOf(EXAMPLE, 'if (items.get().length > 0)');
      await editor.setBreakpoint(checkout);
      await debug.press('Continue');
      await debug.stopped(`Stack Frame event handler of items, line ${checkout}`);
      for (const scope of ['Local', 'Closure', 'Module']) {
        await debug.variables.collapse(`Scope ${scope}`);
      }
      await debug.variables.expand('Scope Event');
      await debug.variables.find(/^key, value 1/);
      await debug.variables.collapse('Scope Event');
      await debug.variables.expand('Scope State of this key');
      await debug.variables.find(/^items, value .*0, 2/);
      await workbench.picture('screenshot-stopped');

      const reply = lineOf(EXAMPLE, 'if (taken.value(ctx))');
      await editor.goTo(reply);
      await workbench.command('Debug: Jump to Cursor');
      await debug.stopped(`Stack Frame reply handler of items, line ${reply}`);
      await debug.callStack.find(/The last time this line ran/);
      await debug.press('Continue');
      await debug.stopped(`Stack Frame event handler of items, line ${checkout}`);
      await debug.press('Continue');
      await debug.callStack.find('Stack Frame event 2 of 2');
      await debug.press('Reverse');
      await debug.callStack.find('Stack Frame event 1 of 2');

      await editor.removeBreakpoint(checkout);
      await debug.press('Continue');
      await debug.consoleShows(/customer 1, order 1: tea and jam/);
      await debug.callStack.find(/Complete after \d+ steps/);
      await debug.press('Continue');
      await debug.ended();
    }));
}

/** A crash armed in the user interface, its stop, and the recovery. */
export function crashing(vscode: ServedVsCode): void {
  it('the shopping cart crashes from the toolbar and recovers', () =>
    vscode.window('crashing', async (workbench) => {
      const { debug } = workbench;
      await debugExample(workbench, EXAMPLE);
      await debug.press('Crash');
      await workbench.pick('cart');
      await workbench.pick('vote');
      await workbench.pick('The next time');
      await workbench.hasNotification('Armed crash:/shop/workflows/cart@vote');
      await debug.press('Continue');
      await debug.stopped(/Crash at vote/i);
      await workbench.hasNoNotification();
      const panel = await workbench.webview('.topology.view');
      await panel
        .getByText(/cart crashed at vote/)
        .first()
        .waitFor({ timeout: limitMs });
      await workbench.picture('screenshot-crashed');
      await debug.press('Continue');
      await debug.consoleShows(/cart has recovered/);
      await debug.consoleShows(/customer 1, order 1: tea and jam/);
    }));
}
