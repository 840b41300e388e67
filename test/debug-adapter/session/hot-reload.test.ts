import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { ReloadBody } from '../../../debug-adapter/protocol.ts';
import { divergence } from '../../../debug-adapter/session/hot-reload.ts';
import type { HistoryEntry } from '../../../runtime/index.ts';
import { type RawClient, spawnAdapter } from '../../clients/raw-client.ts';
import { writeFiles } from '../../program-files.ts';

/** Doubles numbers, two of them in each atom; `factor` and the atoms are what is changed. */
function program(factor: number, end = 12, atom = 2): string {
  return `
const builder = PortalsJS.ApplicationBuilder('counting');
const numbers = builder.generatorsWithName('numbers').fromRange(0, ${end}, ${atom});
builder.workflowsWithName('doubled').source(numbers.stream)
  .map((ctx) => (n) => { ctx.log.info(n * ${factor}); return n * ${factor}; })
  .sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;
}

interface Stood {
  readonly client: RawClient;
  readonly file: string;
  /** How many `stopped` events have come. */
  stops: number;
}

/** A session that has made `steps` steps of the program. */
async function standing(t: TestContext, steps: number): Promise<Stood> {
  const { client } = spawnAdapter(t);
  const file = join(writeFiles({ 'app.js': program(2) }), 'app.js');
  await client.ask('initialize', { adapterID: 'portals' });
  const launched = client.request('launch', { program: file, stopOnEntry: true });
  await client.event('initialized');
  await client.ask('configurationDone');
  await client.responseTo(launched);
  const stood = { client, file, stops: 1 };
  await client.event('stopped', 1);
  for (let step = 0; step < steps; step += 1) {
    await client.ask('portals/stepAtom', {});
    await stopped(stood);
  }
  return stood;
}

async function stopped(stood: Stood): Promise<void> {
  stood.stops += 1;
  await stood.client.event('stopped', stood.stops);
}

/** What the program has written, in order. */
function written({ client }: Stood): string {
  const outputs = client.received.filter(({ event }) => event === 'output');
  return outputs.map(({ body }) => String(body?.['output'])).join('');
}

test('a changed program runs to the same step, and says what is new from there on', async (t) => {
  const stood = await standing(t, 4);
  const { client, file } = stood;
  writeFileSync(file, program(3));
  const { success, body } = await client.ask('portals/reload');
  assert.equal(success, true);
  assert.deepEqual(body, { step: 4 });
  await stopped(stood);
  assert.match(written(stood), /Reloaded[\s\S]* - 3\n[\s\S]* - 6\n[\s\S]* - 9\n/);
  const status = await client.ask('portals/status');
  assert.equal(status.body?.['recorded'], 4);
  await client.ask('portals/stepBackAtom', {});
  await stopped(stood);
  assert.equal((await client.ask('portals/status')).body?.['step'], 3);
});

test('the first step that differs is reported', async (t) => {
  const stood = await standing(t, 4);
  writeFileSync(stood.file, program(2, 12, 3));
  const { body } = await stood.client.ask('portals/reload');
  const diverged = body?.['diverged'] as ReloadBody['diverged'];
  assert.equal(diverged?.step, 0);
  assert.match(diverged.was, /2 events/);
  assert.match(diverged.is, /3 events/);
});

test('a program that comes to rest earlier stands there', async (t) => {
  const stood = await standing(t, 6);
  writeFileSync(stood.file, program(2, 2));
  const { body } = await stood.client.ask('portals/reload');
  assert.ok(Number(body?.['step']) < 6, JSON.stringify(body));
  assert.match(JSON.stringify(body?.['diverged']), /./);
  await stopped(stood);
  assert.notEqual((await stood.client.ask('portals/status')).body?.['stopped'], undefined);
});

test('what was done to the run from outside is done again', async (t) => {
  const stood = await standing(t, 1);
  const { client, file } = stood;
  const { body } = await client.ask('portals/enabled');
  const choices = body?.['choices'] as { action: string; label: string }[];
  const generate = choices.find(({ action }) => action === 'generate');
  await client.ask('portals/choose', { choice: generate?.label });
  await client.ask('portals/stepAtom', {});
  await stopped(stood);
  writeFileSync(file, program(5));
  const reloaded = await client.ask('portals/reload');
  assert.deepEqual(reloaded.body, { step: 2 });
});

test('a program that cannot be loaded leaves the run as it is', async (t) => {
  const stood = await standing(t, 3);
  writeFileSync(stood.file, 'const broken = ;');
  const { success, message } = await stood.client.ask('portals/reload');
  assert.equal(success, false);
  assert.match(message ?? '', /app\.js/);
  assert.equal((await stood.client.ask('portals/status')).body?.['step'], 3);
  await stood.client.ask('portals/stepAtom', {});
  await stopped(stood);
  assert.equal((await stood.client.ask('portals/status')).body?.['step'], 4);
});

test('histories are compared step by step, far into them', () => {
  const history = (length: number, odd = -1): HistoryEntry[] =>
    Array.from({ length }, (_, step) => {
      const choice = {
        unit: '/a',
        action: 'atom',
        label: 'a',
      } as unknown as HistoryEntry['choice'];
      return { step, choice, events: step === odd ? 2 : 1, logs: 0, crashes: 0 };
    });
  const reader = (entries: HistoryEntry[]) => (start: number, count: number) =>
    entries.slice(start, start + count);
  assert.equal(divergence(reader(history(9000)), reader(history(9000)), 9000), undefined);
  const found = divergence(reader(history(9000)), reader(history(9000, 8765)), 9000);
  assert.deepEqual(found, { step: 8765, was: 'a, 1 events', is: 'a, 2 events' });
  assert.equal(divergence(reader(history(9)), reader(history(5)), 9)?.step, 5);
});
