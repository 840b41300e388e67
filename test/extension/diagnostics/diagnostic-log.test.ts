import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticLog, diagnosticLogName } from '../../../extension/diagnostics/diagnostic-log.ts';

test('the log contains the environment and the report of the adapter', () => {
  const environment = { vscode: '1.100.0', extension: '0.2.0', platform: 'linux-x64' };
  const text = diagnosticLog(environment, { traffic: ['launch'] });
  assert.deepEqual(JSON.parse(text), { environment, adapter: { traffic: ['launch'] } });
  assert.match(text, /\n {2}"environment": \{\n/);
});

test('the name contains the time without colons', () => {
  const name = diagnosticLogName(new Date('2024-05-06T07:08:09.123Z'));
  assert.equal(name, 'portals-diagnostics-2024-05-06T07-08-09.json');
});
