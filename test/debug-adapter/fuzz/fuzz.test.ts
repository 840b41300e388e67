import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../../../debug-adapter/requests/index.ts';
import { type Message, spawnAdapter, spawnServer } from '../../clients/raw-client.ts';
import { Conversation, learnVocabulary, type Plan, type Vocabulary } from './conversation.ts';
import { childrenOf, fewThreads, gone, threadsOf } from './processes.ts';
import { programs } from './programs.ts';

/** `FUZZ_SEED=7 FUZZ_REQUESTS=100000 node --import tsx --test …` tries others, and more. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);
const REQUESTS_EACH = 500;
/** How long an adapter may take to be gone. */
const LEAVING_MS_MAX = 10_000;
/** The number of an error that is the adapter's own fault. */
const INTERNAL = 1009;

let vocabulary: Vocabulary = new Map();

test('the adapter says what each of its requests reads', async (t) => {
  const { client } = spawnAdapter(t);
  vocabulary = await learnVocabulary(client, COMMANDS);
  assert.deepEqual(vocabulary.get('setVariable'), ['variablesReference', 'name', 'value']);
});

const all = programs();
for (let at = 0; at < REQUESTS / REQUESTS_EACH; at++) {
  const program = all[at % all.length] ?? '';
  const seed = SEED * 1000 + at;
  const name = program.replace(/.*\//, '');
  test(`${REQUESTS_EACH} requests to a session with ${name} (seed ${seed})`, async (t) => {
    const plan: Plan = { seed, requests: REQUESTS_EACH, program, vocabulary };
    const { client, child, exited } = spawnAdapter(t);
    const conversation = new Conversation(client, plan);
    await conversation.run();
    await conversation.end();
    check(conversation);
    const children = childrenOf(child.pid ?? 0);
    client.request('disconnect');
    for (const late of ['threads', 'launch', 'evaluate']) client.request(late, { program });
    assert.equal(await within(exited, LEAVING_MS_MAX), 0);
    await within(gone(children), LEAVING_MS_MAX);
  });
}

test('two clients without manners share a server, which keeps nothing of them', async (t) => {
  const { connect, pid } = await spawnServer(t);
  const [one = '', two = ''] = all;
  let threadsAtFirst: number | undefined;
  for (let round = 0; round < 4; round++) {
    const talks = [one, two].map(async (program, at) => {
      const seed = SEED * 1000 + 500 + 2 * round + at;
      const client = await connect();
      const conversation = new Conversation(client, { seed, requests: 200, program, vocabulary });
      await conversation.run();
      await conversation.end();
      check(conversation);
      client.request('disconnect');
      await within(client.closed, LEAVING_MS_MAX);
    });
    await Promise.all(talks);
    // Node starts threads of its own on first use; from then on there are as many as before.
    threadsAtFirst ??= threadsOf(pid);
    await within(fewThreads(pid, threadsAtFirst), LEAVING_MS_MAX);
  }
});

/** What holds of every conversation, whatever was said. */
function check({ client, asked }: Conversation): void {
  const { received } = client;
  assert.deepEqual(
    received.map(({ seq }) => seq),
    received.map((_, at) => at + 1),
  );
  const answers = new Map<number, Message[]>();
  for (const message of received) {
    assert.match(message.type, /^(event|response)$/);
    if (message.type === 'event') assert.equal(typeof message.event, 'string');
    if (message.type !== 'response') continue;
    const seq = message.request_seq ?? -1;
    answers.set(seq, [...(answers.get(seq) ?? []), message]);
  }
  for (const [seq, text] of asked) {
    const shown = text.slice(0, 200);
    const [first, ...more] = answers.get(seq) ?? [];
    assert.ok(first, `no response to ${shown}`);
    assert.deepEqual(more, [], `more than one response to ${shown}`);
    assert.notEqual(errorId(first), INTERNAL, `${shown}: ${first.message}`);
  }
  assert.equal(answers.size, asked.size);
}

function errorId({ body }: Message): number | undefined {
  return (body?.['error'] as { id?: number } | undefined)?.id;
}

async function within<Result>(promise: Promise<Result>, limitMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${limitMs} ms`)), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
