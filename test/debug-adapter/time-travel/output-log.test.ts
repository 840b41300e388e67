import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutputRecord } from '../../../debug-adapter/agent/index.ts';
import { OutputLog } from '../../../debug-adapter/time-travel/output-log.ts';

/** A log with one printed line for each of the first boundaries. */
function logOf(lines: number): OutputLog {
  const log = new OutputLog();
  for (let boundary = 0; boundary < lines; boundary += 1) {
    log.add({ kind: 'output', text: `${boundary}`, at: { boundary, notice: 0 } } as OutputRecord);
  }
  return log;
}

/** What a console shows that goes to `boundary`, as text. */
function shown(log: OutputLog, boundary: number): string {
  const { restart, items } = log.goTo({ boundary, notice: 0 });
  const texts = items.map((item) => ('text' in item ? item.text : item.kind));
  return `${restart ? 'restart' : 'more'}: ${texts.join(' ')}`;
}

test('going back restarts the output, going forward adds to it', () => {
  const log = logOf(4);
  assert.equal(shown(log, 2), 'restart: 0 1');
  assert.equal(shown(log, 3), 'more: 2');
});

test('coming back to a branch shows all of its lines in place of the other’s, also further on', () => {
  const log = logOf(4);
  shown(log, 1);
  const other = log.fork();
  log.leave();
  assert.equal(shown(other, 1), 'more: ');
  assert.equal(shown(log, 3), 'restart: 0 1 2');
  assert.equal(shown(log, 3), 'more: ');
});
