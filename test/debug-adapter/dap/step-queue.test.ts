import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendEvent } from '../../../debug-adapter/dap/connection.ts';
import { StepQueue } from '../../../debug-adapter/dap/step-queue.ts';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';

const PROGRAM = `const b = PortalsJS.ApplicationBuilder('app');
b.workflowsWithName('flow').source(b.generators.fromRange(0, 40, 1).stream)
  .map((ctx) => (x) => {
    const next = x + 1;
    return next;
  })
  .sink().freeze();
export default b.build();
`;

/** Each kind of step, the requests that arrive in a row, and the step reached in the end. */
const IN_A_ROW: readonly (readonly [
  command: string,
  start: number,
  presses: number,
  at: number,
])[] = [
  ['portals/stepAtom', 0, 3, 3],
  ['portals/stepAtom', 0, 9, 9],
  ['next', 0, 3, 3],
  ['portals/stepBackAtom', 6, 3, 3],
  ['stepBack', 6, 2, 4],
];

for (const [command, start, presses, at] of IN_A_ROW) {
  test(`${presses} requests ${command} in a row each count`, async (t) => {
    const user = await TimeTravelClient.start(t, PROGRAM);
    if (start > 0) await user.go('portals/seek', { step: start });
    const sent = Array.from({ length: presses }, () =>
      user.client.request(command, { threadId: 1 }),
    );
    for (const seq of sent) {
      const { success, message } = await user.client.responseTo(seq);
      assert.equal(success, true, message);
    }
    for (let stop = 0; stop < presses; stop += 1)
      assert.equal((await user.stopped())['reason'], 'step');
    assert.equal(await user.step(), at);
  });
}

for (const command of ['pause', 'disconnect']) {
  test(`${command} cancels the steps that wait`, async (t) => {
    const user = await TimeTravelClient.start(t, PROGRAM);
    const sent = Array.from({ length: 5 }, () => user.client.request('portals/stepAtom'));
    const last = user.client.request(command, { threadId: 1 });
    const answers = await Promise.all(sent.map((seq) => user.client.responseTo(seq)));
    assert.ok((await user.client.responseTo(last)).success);
    // The first one may be under way or not.
    const waiting = answers.slice(1).map(({ message }) => message);
    assert.deepEqual(waiting, ['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  });
}

test('a breakpoint cancels the steps that wait', async (t) => {
  const user = await TimeTravelClient.start(t, PROGRAM, { lines: [4] });
  const sent = Array.from({ length: 4 }, () => user.client.request('portals/stepAtom'));
  const answers = await Promise.all(sent.map((seq) => user.client.responseTo(seq)));
  const done = answers.filter(({ success }) => success).length;
  assert.equal(answers.length - done > 0, true, 'the last ones are cancelled');
  let reason: unknown;
  for (let stop = 0; stop < done; stop += 1) reason = (await user.stopped())['reason'];
  assert.equal(reason, 'breakpoint');
});

test('a step of another kind, or while the program runs on, is refused', async (t) => {
  const user = await TimeTravelClient.start(t, PROGRAM);
  const first = user.client.request('portals/stepAtom');
  const other = user.client.request('next', { threadId: 1 });
  assert.ok((await user.client.responseTo(first)).success);
  assert.equal((await user.client.responseTo(other)).success, false);
});

test('no more steps wait than a held key needs', async () => {
  const queue = new StepQueue();
  const send: SendEvent = queue.watch(() => {});
  let begun = 0;
  const begin = async () => {
    begun += 1;
  };
  const presses = Array.from({ length: 200 }, () => queue.run('stepAtom', begin));
  const answered = Promise.allSettled(presses);
  for (let stop = 0; stop < 200; stop += 1) {
    send('stopped', { reason: 'step' });
    await new Promise(setImmediate);
  }
  const refused = (await answered).filter(({ status }) => status === 'rejected').length;
  assert.deepEqual([begun, refused], [101, 99]);
});
