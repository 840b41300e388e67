import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  continuationsMessage,
  enabledMessage,
  parseMessage,
  statusMessage,
} from '../../../extension/session/messages.ts';
import { status } from './status-fixture.ts';

test('a status is parsed without requiring unused fields', () => {
  const read = parseMessage(statusMessage, { ...status({ step: 4 }), extra: true }, 'status');
  assert.deepEqual(read, status({ step: 4 }));
});

test('a wrong field is named, with the message it came in', () => {
  const wrong = { ...status({}), totals: { ...status({}).totals, atoms: 'many' } };
  assert.throws(
    () => parseMessage(statusMessage, wrong, 'portals/changed'),
    /'portals\/changed' with an unexpected totals.atoms/,
  );
  assert.throws(() => parseMessage(enabledMessage, undefined, 'e'), /unexpected the body/);
  assert.throws(
    () => parseMessage(enabledMessage, { choices: [{ unit: '/a' }] }, 'e'),
    /unexpected choices.0.action/,
  );
  assert.throws(
    () => parseMessage(continuationsMessage, { continuations: [{ id: 'x' }] }, 'c'),
    /unexpected continuations.0.id/,
  );
});
