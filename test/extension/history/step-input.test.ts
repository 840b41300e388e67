import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seedProblem, stepProblem, stepPrompt } from '../../../extension/history/step-input.ts';

const past = { step: 3, recorded: 40 };

it('a step must be recorded or the next one', () => {
  assert.equal(stepProblem(' 0 ', past), undefined);
  assert.equal(stepProblem('40', past), undefined);
  assert.match(stepProblem('41', past) ?? '', /Only 40 steps are recorded/);
  for (const typed of ['', '-1', '2.5', 'x']) {
    assert.match(stepProblem(typed, past) ?? '', /whole number from 0 to 40/, typed);
  }
});

it('the prompt shows the current position and the range', () => {
  assert.match(stepPrompt(past), /^A step from 0 to 40\. Current position: step 3\.$/);
  assert.match(stepPrompt({ step: 3 }), /from 0 to 3\. Current position: step 3\.$/);
});

it('an open range allows steps that are not recorded', () => {
  const open = { ...past, open: true };
  assert.equal(stepProblem('600000', open), undefined);
  for (const typed of ['', '-1', '2.5', 'x', '99999999999999999']) {
    assert.match(stepProblem(typed, open) ?? '', /whole number/, typed);
  }
  assert.match(
    stepPrompt(open),
    /0 to 40 are recorded; the app runs to a later step\. .*step 3\.$/,
  );
  assert.match(stepPrompt({ step: 0, open: true }), /The app runs to a later step\. .*step 0\.$/);
});

it('a seed must be a whole number', () => {
  for (const typed of ['0', '-7', '123456']) assert.equal(seedProblem(typed), undefined, typed);
  for (const typed of ['', '1.5', 'x', '99999999999999999']) assert.ok(seedProblem(typed), typed);
});
