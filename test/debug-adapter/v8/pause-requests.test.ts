import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Cdp } from '../../../debug-adapter/v8/cdp.ts';
import { PauseRequests } from '../../../debug-adapter/v8/pause-requests.ts';

test('a pause is requested until the thread is paused', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  try {
    const sent: string[] = [];
    const requests = new PauseRequests(
      new Cdp((message) => sent.push((JSON.parse(message) as { method: string }).method)),
    );
    requests.send();
    mock.timers.tick(1000);
    assert.ok(sent.length > 2 && sent.every((method) => method === 'Debugger.pause'));
    requests.stop();
    const count = sent.length;
    mock.timers.tick(1000);
    assert.equal(sent.length, count);
  } finally {
    mock.timers.reset();
  }
});
