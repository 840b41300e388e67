import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/project.mjs';

interface Step {
  readonly id: string;
  readonly completionEvents: readonly string[];
}

test('the extension completes every step of the walkthrough', () => {
  const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const steps: readonly Step[] = contributes.walkthroughs[0].steps;
  const sources = readdirSync(join(root, 'extension'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'extension', file), 'utf8'));
  for (const { id, completionEvents } of steps) {
    assert.deepEqual(completionEvents, [`onContext:portals.walkthrough.${id}`]);
    const completing = sources.filter((source) => source.includes(`completeStep('${id}')`));
    assert.notEqual(completing.length, 0, `nothing completes ${id}`);
  }
});
