import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type Fault, formatFault } from '../../../runtime/index.ts';
import { history, passings } from '../crash-sweep.ts';
import type { Run, Settings } from '../run-program.ts';
import type { Operation } from './app-spec.ts';
import { type Generated, generated } from './generated.ts';
import { RUNS, settings } from './settings.ts';

/** Which of the passings of a run to crash at, as a part of their number. */
const where = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a run with a crash anywhere has the history of a run without', () => {
  fc.assert(
    fc.property(generated, settings, fc.array(where, { minLength: 5, maxLength: 5 }), (...at) => {
      const [app, options, places] = at;
      const baseline = app.run({ ...options, detail: 'events' });
      const points = passings(baseline.notices);
      for (const place of places) expectSameHistory(app, options, [pick(points, place)], baseline);
    }),
    RUNS,
  );
});

test('a run with two crashes, also one during recovery, has the history of a run without', () => {
  fc.assert(
    fc.property(generated, settings, where, where, where, (app, options, ...at) => {
      const [place, nearby, anywhere] = at;
      const baseline = app.run({ ...options, detail: 'events' });
      const first = pick(passings(baseline.notices), place);
      if (first === undefined) return;
      const once = app.run({ ...options, detail: 'events', faults: [first] });
      const later = passingsAfterCrash(once);
      // While the epoch is replayed, and wherever else.
      for (const second of [pick(later.slice(0, 40), nearby), pick(later, anywhere)]) {
        expectSameHistory(app, options, [first, second], baseline);
      }
    }),
    RUNS,
  );
});

/** Applications whose continuations change what they have captured. */
const capturing = generated.filter(({ spec }) =>
  spec.parts.some(
    (part) => part.kind === 'workflow' && part.tasks.some(({ operation }) => captures(operation)),
  ),
);

function captures(operation: Operation): boolean {
  return operation === 'askCapturing' || operation === 'askSharing';
}

test('crashes while continuations run leave no trace in what these have captured', () => {
  fc.assert(
    fc.property(capturing, settings, where, where, (app, options, ...at) => {
      const baseline = app.run({ ...options, detail: 'events' });
      const first = pick(passings(baseline.notices, resumesIn(baseline)), at[0]);
      if (first === undefined) return;
      const once = app.run({ ...options, detail: 'events', faults: [first] });
      assert.deepEqual(history(once), history(baseline), formatFault(first));
      const second = pick(passings(once.notices, resumesIn(once)), at[1]);
      if (second === undefined || formatFault(first) === formatFault(second)) return;
      expectSameHistory(app, options, [first, second], baseline);
    }),
    RUNS,
  );
});

/** Whether a continuation runs in a step. */
function resumesIn({ notices }: Run): (step: number) => boolean {
  const steps = notices.flatMap((notice) =>
    notice.kind === 'after-event' && notice.site.cause === 'reply' ? [notice.site.step] : [],
  );
  return (step) => steps.includes(step);
}

test('an exception that passes when the step is retried leaves no trace', () => {
  fc.assert(
    fc.property(generated, settings, where, (app, options, place) => {
      const baseline = app.run({ ...options, detail: 'events' });
      const handled = baseline.notices.filter((notice) => notice.kind === 'enter-handler').length;
      let left = Math.floor(place * handled);
      const throwing = app.run({
        ...options,
        detail: 'events',
        onHandlerError: { kind: 'retry', attempts: 1 },
        probe: (notice) => {
          if (notice.kind === 'enter-handler' && left-- === 0) throw new Error('once');
        },
      });
      assert.deepEqual(history(throwing), history(baseline));
    }),
    RUNS,
  );
});

function expectSameHistory(
  app: Generated,
  options: Settings,
  faults: readonly (Fault | undefined)[],
  baseline: Run,
): void {
  const known = faults.filter((fault) => fault !== undefined);
  const crashed = app.run({ ...options, faults: known });
  const names = known.map(formatFault).join(' and ');
  assert.equal(crashed.crashes, known.length, `${names} trigger`);
  assert.deepEqual(history(crashed), history(baseline), `after ${names}`);
  const diverged = crashed.notices.find(({ kind }) => kind === 'diverged');
  assert.equal(diverged, undefined, `state outside the model after ${names}`);
}

function pick<Item>(items: readonly Item[], place: number): Item | undefined {
  return items[Math.floor(place * items.length)];
}

/** The passings from the crash on; their occurrences count from the start of the run. */
function passingsAfterCrash({ notices }: Run): Fault[] {
  const crash = notices.findIndex((notice) => notice.kind === 'crashed');
  return passings(notices).slice(passings(notices.slice(0, crash)).length);
}
