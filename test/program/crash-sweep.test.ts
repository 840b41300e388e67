import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bundle, bundle, loadRuntimeCode, Program } from '../../program/index.ts';
import {
  DEFAULT_OPTIONS,
  formatFault,
  type Notice,
  type RunOptions,
  toJson,
} from '../../runtime/index.ts';
import { passings } from '../runtime/crash-sweep.ts';

/** What a run committed, in order, and what it left. */
interface History {
  readonly effects: readonly string[];
  readonly stateHash: string;
  readonly crashes: number;
}

function runWith(
  bundled: Bundle,
  runtimeCode: string,
  options: Partial<RunOptions>,
): { history: History; notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const program = new Program(bundled, runtimeCode, {
    ...DEFAULT_OPTIONS,
    ...options,
    probe: (notice) => notices.push(notice),
  });
  program.complete();
  const { inspect } = program.runtime.simulator;
  const effects = notices.flatMap((notice) =>
    notice.kind === 'committed'
      ? // Copied, because an effect makes its list of events when that is read.
        notice.effects.map((effect) => JSON.stringify([notice.step, toJson({ ...effect })]))
      : [],
  );
  const { crashes } = inspect.status().totals;
  return { history: { effects, stateHash: inspect.stateHash(), crashes }, notices };
}

for (const [example, options] of [
  ['shopping-cart.js', {}],
  ['shopping-cart.js', { schedule: 'random', seed: 3 }],
  ['shopping-cart.js', { snapshotEvery: 4 }],
  ['bank-saga.ts', {}],
  ['recursive-cycle.js', {}],
  ['multi-dataflow.js', {}],
  ['dynamic-query.js', {}],
  ['word-count-portal.js', {}],
  ['await-all.js', { snapshotEvery: 3 }],
  ['actors-ping-pong.js', {}],
  ['actors-counting.js', { schedule: 'random', seed: 5 }],
] as const satisfies readonly (readonly [string, Partial<RunOptions>])[]) {
  test(`a crash anywhere in ${example} ${JSON.stringify(options)} changes nothing`, async () => {
    const bundled = await bundle(`examples/${example}`);
    const runtimeCode = await loadRuntimeCode();
    const baseline = runWith(bundled, runtimeCode, options);
    const faults = passings(baseline.notices);
    assert.ok(faults.length > 50, `only ${faults.length} points were passed`);
    for (const fault of faults) {
      const { history } = runWith(bundled, runtimeCode, { ...options, faults: [fault] });
      const name = formatFault(fault);
      assert.equal(history.crashes, 1, `${name} triggers once`);
      assert.deepEqual(history, { ...baseline.history, crashes: 1 }, name);
    }
  });
}
