import assert from 'node:assert/strict';
import { test } from 'node:test';
import { continuationsBody, enabledBody, statusBody } from '../../../debug-adapter/protocol.ts';
import { parseMessage } from '../../../extension/session/messages.ts';
import { status } from './status-fixture.ts';

test('a status is parsed without requiring unused fields', () => {
  const read = parseMessage(statusBody, { ...status({ step: 4 }), extra: true }, 'status');
  assert.deepEqual(read, status({ step: 4 }));
});

test('a wrong field is named, with the message it came in', () => {
  const wrong = { ...status({}), totals: { ...status({}).totals, atoms: 'many' } };
  assert.throws(
    () => parseMessage(statusBody, wrong, 'portals/changed'),
    /'portals\/changed' with an unexpected totals.atoms/,
  );
  assert.throws(() => parseMessage(enabledBody, undefined, 'e'), /unexpected the body/);
  assert.throws(
    () => parseMessage(enabledBody, { choices: [{ unit: '/a' }] }, 'e'),
    /unexpected choices.0.action/,
  );
  assert.throws(
    () => parseMessage(continuationsBody, { continuations: [{ id: 'x' }] }, 'c'),
    /unexpected continuations.0.id/,
  );
});
