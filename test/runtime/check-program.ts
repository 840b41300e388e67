import assert from 'node:assert/strict';
import { formatFault } from '../../runtime/index.ts';
import { history, passings } from './crash-sweep.ts';
import { type Program, type Run, run, type Settings } from './run-program.ts';

/**
 * Checks what a program shows; only what `expected` names is compared. How a program is run must
 * not be seen in its history, so it is run at full speed, observed by event, in epochs of three
 * atoms, and with a crash at its protocol points, one at a time.
 */
export function check(program: Program, expected: Partial<Run>, settings: Settings = {}): void {
  const names = Object.keys(expected) as (keyof Run)[];
  const compare = (actual: Run, how: string) => {
    const seen = Object.fromEntries(
      names.map((name) => [name, pick(actual[name], expected[name])]),
    );
    assert.deepEqual(seen, expected, how);
  };
  const plain = run(program, settings);
  compare(plain, 'at full speed');
  const observed = run(program, { ...settings, detail: 'events' });
  assert.deepEqual(history(observed), history(plain), 'observed by event');
  const epochs = run(program, { ...settings, snapshotEvery: 3 });
  assert.deepEqual(history(epochs), history(plain), 'in epochs of three atoms');
  for (const fault of spread(passings(observed.notices), CRASHES_MAX)) {
    const crashed = run(program, { ...settings, faults: [fault] });
    assert.equal(crashed.crashes, 1, `${formatFault(fault)} triggers`);
    assert.deepEqual(history(crashed), history(plain), `after ${formatFault(fault)}`);
  }
}

/** Longer programs are crashed at a part of their points only, to keep the tests quick. */
const CRASHES_MAX = 60;

/** At most `count` of `items`, spread evenly. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  const stride = Math.max(1, items.length / count);
  return items.filter((_, at) => Math.floor(at / stride) !== Math.floor((at - 1) / stride));
}

/** Of a record of streams only those that are expected. */
function pick(actual: unknown, expected: unknown): unknown {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return actual;
  const known = actual as Record<string, unknown>;
  return Object.fromEntries(Object.keys(expected).map((name) => [name, known[name]]));
}
