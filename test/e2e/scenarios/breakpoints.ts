import { it } from 'node:test';
import type { ServedVsCode } from '../workbench/index.ts';
import { debugExample, lineOf } from './debugged-example.ts';

const EXAMPLE = 'shopping-cart.js';

/** The breakpoints of the model, and the Debug Console. */
export function modelBreakpoints(vscode: ServedVsCode): void {
  it('the user sets breakpoints on names, values, violations and errors', () =>
    vscode.window('breakpoints', async (workbench) => {
      const { debug } = workbench;
      const editor = await debugExample(workbench, EXAMPLE);
      const take = lineOf(EXAMPLE, 'if (available) stock.set');
      await editor.setBreakpointThat('Add Logpoint', take, 'item {request.item}: {available}');
      const items = lineOf(EXAMPLE, 'const items = itemsOf(ctx);');
      await editor.setBreakpointThat('Add Conditional Breakpoint', items, 'user === 2');
      await debug.press('Continue');
      await debug.stopped(`Stack Frame event handler of items, line ${items}`);
      await debug.callStack.find('Stack Frame event 2 of 3 (key 2)');
      await editor.removeBreakpoint(items);

      await debug.addFunctionBreakpoint('portal:inventory');
      await debug.press('Continue');
      const first = lineOf(EXAMPLE, 'const stock = stockOf(ctx);');
      await debug.stopped(`Stack Frame request handler of stock, line ${first}`);
      await debug.breakpoints.toggle('portal:inventory');

      for (const scope of ['Local', 'Module']) await debug.variables.collapse(`Scope ${scope}`);
      await debug.variables.expand('Scope State of this key');
      await debug.variables.menu(/^stock, value 3/, 'Break on Value Change');
      await debug.breakpoints.find('inventory/stock.stock[0]');
      await debug.press('Continue');
      await debug.stopped(/stock\[0\]: 3 → 2/);
      await debug.variables.expand('Scope State of this key');
      await debug.variables.find(/^stock, value 2 · uncommitted, was 3/);
      await workbench.screenshot('value-change');
      await debug.breakpoints.toggle('inventory/stock.stock[0]');

      await debug.breakpoints.menu('Violated Invariant', 'Edit Condition');
      await debug.editCondition("$state('inventory/stock', 'stock', 2) !== 0");
      await debug.breakpoints.toggle('Violated Invariant');
      await debug.press('Continue');
      await debug.stopped(/Invariant violated by step/);
      await workbench.screenshot('invariant');

      await debug.press('Step Atom');
      await debug.stopped(/Before the atom/);
      await workbench.command('Debug: Step Into Target');
      await workbench.pick('cart, replies of inventory');
      const reply = lineOf(EXAMPLE, 'if (taken.value(ctx))');
      await debug.stopped(`Stack Frame reply handler of items, line ${reply}`);

      await debug.consoleShows(/^item 0: true/);
      await debug.type('.set items items[9] = [1]');
      await debug.consoleShows(/^set items\[9\] to \[1\]/);
      await debug.variables.find(/items\.items, value \d keys?/);
    }));
}
