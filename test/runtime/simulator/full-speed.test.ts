import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Application } from '../../../runtime/application/application.ts';
import {
  createRuntime,
  DEFAULT_OPTIONS,
  type Notice,
  parseFault,
  type RuntimeOptions,
} from '../../../runtime/index.ts';
import { Engine } from '../../../runtime/simulator/engine.ts';
import type { Builder, PortalsJS } from '../authors-api.ts';

const ATOMS = 200;
const EVENTS_PER_ATOM = 5;

/** Sums of numbers by key, and a second workflow that none of the faults is aimed at. */
function sums(): Application {
  const { PortalsJS } = createRuntime(DEFAULT_OPTIONS) as { PortalsJS: PortalsJS };
  const app: Builder = PortalsJS.ApplicationBuilder('app');
  const { stream } = app.generators.fromRange(0, ATOMS * EVENTS_PER_ATOM, EVENTS_PER_ATOM);
  const totals = app
    .workflowsWithName('sums')
    .source(stream)
    .key((value: number) => value % 3)
    .withName('key')
    .map((ctx) => (value: number) => {
      const sum = PortalsJS.PerKeyState('sum', 0, ctx);
      sum.set(sum.get() + value);
      return sum.get();
    })
    .withName('sum')
    .sink()
    .freeze();
  app
    .workflowsWithName('other')
    .source(totals.stream)
    .filter(() => true)
    .sink()
    .freeze();
  return app.build() as unknown as Application;
}

/** The number of steps of a run, and how many of them an observer or a fault slowed down. */
function stepsOf(options: Partial<RuntimeOptions>): {
  readonly all: number;
  readonly slow: number;
} {
  const engine = new Engine({ ...DEFAULT_OPTIONS, ...options });
  const { host } = engine.runner;
  let slow = 0;
  const begin = host.begin.bind(host);
  host.begin = (...step) => {
    slow += 1;
    begin(...step);
  };
  engine.launch(sums());
  while (engine.advance());
  return { all: host.stepIndex, slow };
}

test('a run that nothing observes takes every step at full speed', () => {
  const { all, slow } = stepsOf({});
  assert.equal(all, 3 * (ATOMS + 1));
  assert.equal(slow, 0);
  assert.equal(stepsOf({ history: {} }).slow, 0);
  assert.equal(stepsOf({ probe: () => {}, detail: 'steps' }).slow, all);
});

test('a run that a host observes later takes the steps before at full speed', () => {
  const { all, slow } = stepsOf({ probe: () => {}, quietUntil: 3 * ATOMS + 1 });
  assert.equal(slow, all - 3 * ATOMS);
});

test('a fault slows down the steps of its unit only, and until it triggers', () => {
  const occurrence = (ATOMS / 2) * EVENTS_PER_ATOM;
  const fault = parseFault(`crash:/app/workflows/sums/sum@process#${occurrence}`);
  const { all, slow } = stepsOf({ faults: [fault] });
  assert.equal(all, 3 * (ATOMS + 1));
  // The attempt that crashes, and the one that replaces it.
  assert.equal(slow, ATOMS / 2 + 1);
});

test('a fault at an event has no event emit notices to a host that wants none', () => {
  const kinds = new Set<string>();
  const probe = ({ kind }: Notice) => kinds.add(kind);
  const faults = [parseFault('crash:/app/workflows/sums/sum@process#500')];
  stepsOf({ faults, probe, detail: 'steps' });
  assert.ok(kinds.has('crashed') && kinds.has('aborted'));
  const ofEvents = ['before-event', 'enter-handler', 'after-event'];
  assert.deepEqual(
    ofEvents.filter((kind) => kinds.has(kind)),
    [],
  );
});
