import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StepQueue } from '../../../extension/session/step-queue.ts';

/** A queue whose steps stop only when the test says so. */
function queued() {
  let steps = 0;
  let waiting: ((reason: string | undefined) => void)[] = [];
  const queue = new StepQueue(() => new Promise((resolve) => waiting.push(resolve)));
  const press = () =>
    queue.run(async () => {
      steps += 1;
    });
  const stop = async (reason: string | undefined) => {
    const resolved = waiting;
    waiting = [];
    for (const resolve of resolved) resolve(reason);
    await new Promise(setImmediate);
  };
  return { queue, press, stop, steps: () => steps };
}

describe('the step queue', () => {
  it('counts every press during a step', async () => {
    const { queue, press, stop, steps } = queued();
    const presses = Array.from({ length: 7 }, press);
    assert.equal(steps(), 1);
    for (let step = 0; step < 7; step += 1) await stop('step');
    await Promise.all(presses);
    assert.equal(steps(), 7);
    assert.equal(queue.isStepping, false);
  });

  it('discards queued steps at a breakpoint and at the end', async () => {
    for (const reason of ['breakpoint', undefined]) {
      const { press, stop, steps } = queued();
      const presses = [press(), press(), press()];
      await stop(reason);
      await Promise.all(presses);
      assert.equal(steps(), 1);
    }
  });

  it('accepts steps again after a failed one', async () => {
    const { queue, press, stop, steps } = queued();
    const failed = queue.run(() => Promise.reject(new Error('busy')));
    void press();
    await assert.rejects(failed, /busy/);
    const next = press();
    await stop('step');
    await next;
    assert.equal(steps(), 1);
  });
});
