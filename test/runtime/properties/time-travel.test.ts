import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Notice, RecordedInput, Simulator } from '../../../runtime/index.ts';
import type { Settings } from '../run-program.ts';
import { type Generated, generated } from './generated.ts';
import { RUNS, settings } from './settings.ts';

/** What a run has reported, and where it was at each reported boundary. */
interface Course {
  readonly notices: readonly Notice[];
  readonly places: ReadonlyMap<number, string>;
  readonly inputs: readonly RecordedInput[];
}

/** What a person does at a boundary: takes another step than the next, or crashes its unit. */
const intervention = fc.record({
  boundary: fc.integer({ min: 1, max: 30 }),
  change: fc.constantFrom('choose', 'crash'),
  point: fc.constantFrom('read', 'aligned', 'vote', 'publish'),
});
const interventions = fc.uniqueArray(intervention, {
  maxLength: 3,
  selector: ({ boundary }) => boundary,
});

test('a run that is repeated up to any boundary stops and continues as the first one', () => {
  fc.assert(
    fc.property(generated, settings, interventions, fc.nat(40), (app, options, changes, at) => {
      const first = course(app, options, changes);
      const boundary = 1 + (at % Math.max(1, first.places.size));
      const again = course(app, { ...options, inputs: first.inputs, quietUntil: boundary }, []);
      const isBoundary = (notice: Notice) =>
        notice.kind === 'boundary' && notice.ordinal >= boundary;
      const from = (notices: readonly Notice[]) => notices.slice(notices.findIndex(isBoundary));
      assert.equal(again.places.get(boundary), first.places.get(boundary));
      assert.deepEqual(plain(from(loud(again, boundary))), plain(from(first.notices)));
    }),
    RUNS,
  );
});

test('going forward and back again comes to the same places', () => {
  fc.assert(
    fc.property(generated, settings, fc.nat(40), fc.nat(40), (app, options, one, other) => {
      const whole = course(app, options, []);
      const visit = (at: number) => {
        const quietUntil = 1 + (at % whole.places.size);
        return [quietUntil, course(app, { ...options, quietUntil }, []).places.get(quietUntil)];
      };
      for (const at of [one, other, one]) {
        const [boundary, place] = visit(at);
        assert.equal(place, whole.places.get(Number(boundary)));
      }
    }),
    RUNS,
  );
});

test('an input in the past leaves what was before it as it was', () => {
  fc.assert(
    fc.property(generated, settings, intervention, (app, options, change) => {
      const plainRun = course(app, options, []);
      const changed = course(app, options, [change]);
      for (const [boundary, place] of changed.places) {
        if (boundary <= change.boundary) assert.equal(place, plainRun.places.get(boundary));
      }
    }),
    RUNS,
  );
});

type Change = typeof intervention extends fc.Arbitrary<infer Value> ? Value : never;

function course(app: Generated, options: Settings, changes: readonly Change[]): Course {
  const notices: Notice[] = [];
  const places = new Map<number, string>();
  let simulator: Simulator | undefined;
  const onNotice = (notice: Notice, running: Simulator) => {
    simulator = running;
    notices.push(notice);
    if (notice.kind !== 'boundary') return;
    const { inspect } = running;
    places.set(notice.ordinal, `${inspect.status().step} ${inspect.stateHash()}`);
    const change = changes.find(({ boundary }) => boundary === notice.ordinal);
    if (change && notice.next) intervene(change, running, notice.next.unit);
  };
  app.accompany({ ...options, detail: 'events' }, onNotice);
  return { notices, places, inputs: simulator?.inputs ?? [] };
}

function intervene({ change, point }: Change, simulator: Simulator, unit: string): void {
  const last = simulator.inspect.enabled().at(-1);
  if (change === 'choose' && last) simulator.receive({ kind: 'choose', label: last.label });
  if (change !== 'crash') return;
  const fault = { kind: 'crash', target: unit, point, occurrence: 1 };
  simulator.receive({ kind: 'inject', fault: fault as never });
}

/** A quiet run reports steps that have inputs as well; those are not what is compared. */
function loud({ notices }: Course, boundary: number): readonly Notice[] {
  const at = notices.findIndex((each) => each.kind === 'boundary' && each.ordinal >= boundary);
  return at < 0 ? [] : notices.slice(at);
}

/**
 * Notices as values, with the events that effects list only when asked. Which line of the program
 * has written something is not asked for in quiet steps, which may be committed in a loud one.
 */
function plain(notices: readonly Notice[]): unknown {
  return notices.map((notice) => {
    if (notice.kind !== 'committed') return notice;
    const effects = notice.effects.map((effect) => {
      return {
        ...effect,
        site: undefined,
        ...(effect.kind === 'atom' && { events: effect.events }),
      };
    });
    return { ...notice, effects };
  });
}
