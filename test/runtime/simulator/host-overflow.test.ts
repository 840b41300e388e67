import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { DEFAULT_OPTIONS } from '../../../runtime/index.ts';
import { InputReplay } from '../../../runtime/simulator/inputs/input-replay.ts';
import { LogicalClock } from '../../../runtime/simulator/inputs/logical-clock.ts';
import { NoticeGate } from '../../../runtime/simulator/notice-gate.ts';

/** What a handler catches when the host that receives a notice throws `expression` of its realm. */
function caught(expression: string): unknown {
  const clock = new LogicalClock();
  const probe = () => {
    throw vm.runInNewContext(expression);
  };
  const gate = new NoticeGate({ ...DEFAULT_OPTIONS, probe }, clock, new InputReplay(clock));
  try {
    gate.notify({ kind: 'rested', step: 0, reason: 'complete' });
    return undefined;
  } catch (error) {
    return error;
  }
}

test('a stack that the host overflows is an error of the program’s realm', () => {
  const message = 'Maximum call stack size exceeded';
  const error = caught(`new RangeError('${message}')`);
  assert.ok(error instanceof RangeError);
  assert.equal(error.message, message);
});

test('other errors of the host are thrown as they are', () => {
  const error = caught("new TypeError('a fault of the host')");
  assert.ok(!(error instanceof Error));
  assert.equal((error as { message: string }).message, 'a fault of the host');
});
