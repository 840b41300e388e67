import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path, ProtocolPoint } from '../../../runtime/index.ts';
import { Crash, FaultPlan } from '../../../runtime/simulator/fault-plan.ts';

const [UNIT, TASK, OTHER] = [
  '/app/workflows/w',
  '/app/workflows/w/t',
  '/app/workflows/v',
] as Path[];

function armed(target: Path, point: ProtocolPoint, occurrence: number): FaultPlan {
  const plan = new FaultPlan();
  plan.arm({ kind: 'crash', target, point, occurrence });
  return plan;
}

test('a fault is aimed at its unit only, and at events only at the point of events', () => {
  assert.ok(UNIT !== undefined && TASK !== undefined && OTHER !== undefined);
  const plan = armed(TASK, 'process', 1);
  assert.deepEqual([plan.isAimedAt(UNIT), plan.isAimedAtEventsOf(UNIT)], [true, true]);
  assert.deepEqual([plan.isAimedAt(OTHER), plan.isAimedAtEventsOf(OTHER)], [false, false]);
  const atVote = armed(UNIT, 'vote', 1);
  assert.deepEqual([atVote.isAimedAt(UNIT), atVote.isAimedAtEventsOf(UNIT)], [true, false]);
});

test('a fault that has triggered is aimed at nothing', () => {
  assert.ok(UNIT !== undefined && TASK !== undefined);
  const plan = armed(TASK, 'process', 2);
  plan.reach(UNIT, 'process', TASK);
  assert.equal(plan.armed[0]?.occurrence, 1, 'counted from now on');
  assert.throws(
    () => plan.reach(UNIT, 'process', TASK),
    (thrown) => thrown instanceof Crash,
  );
  assert.deepEqual([plan.isArmed, plan.isAimedAt(UNIT)], [false, false]);
});

test('of two equal faults the second triggers at the next passing', () => {
  assert.ok(UNIT !== undefined);
  const plan = armed(UNIT, 'vote', 2);
  plan.arm({ kind: 'crash', target: UNIT, point: 'vote', occurrence: 2 });
  assert.deepEqual(
    plan.armed.map(({ occurrence }) => occurrence),
    [2, 3],
  );
  const crashes = [1, 2, 3, 4].filter(() => {
    try {
      plan.reach(UNIT, 'vote', undefined);
      return false;
    } catch (thrown) {
      assert.ok(thrown instanceof Crash);
      return true;
    }
  });
  assert.deepEqual([crashes, plan.isArmed], [[2, 3], false]);
});
