import { join } from 'node:path';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { checkGolden } from '../../golden.ts';

const golden = (name: string) => new URL(`../golden/${name}.txt`, import.meta.url);
const example = (name: string) => join(process.cwd(), 'examples', name);

test('commands of the Debug Console', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: example('shopping-cart.js'), stopOnEntry: true });
  await session.stopped();
  for (const line of ['.help', '.help crash', '.choose', '.state', '.history', '.continuations']) {
    await session.type(line);
  }
  await session.type('.choose commands generates an atom');
  await session.go('portals/stepAtom');
  await session.go('portals/stepAtom');
  for (const line of ['.continuations', '.continuations cart', '.choose 1', '.stream']) {
    await session.type(line);
  }
  await session.type('.stream commands');
  await session.type('.crash cart vote');
  await session.go('continue');
  await session.go('portals/stepAtom');
  for (let at = 0; at < 16; at++) {
    await session.client.customRequest('portals/stepAtom', { threadId: 1 });
    await session.stopped();
  }
  for (const line of [
    '.state',
    '.state items 1',
    '.state stock',
    '.state * ~2',
    '.state items 9',
  ]) {
    await session.type(line);
  }
  await session.type("$state('inventory/stock', 'stock', 0) + 1");
  await session.type("$state('stock', 'stock')");
  await session.type('.history 4');
  checkGolden(golden('repl'), session.text);
});

test('going to another step by a command', async (t) => {
  const session = await RecordedSession.start(t);
  const functions = [{ name: 'task:orders/confirm' }];
  await session.launch({ program: example('shopping-cart.js'), functions });
  await session.stopped();
  for (const line of ['.seek 3', '.back', '.back event', '.seek 6']) {
    await session.type(line);
    await session.stopped();
    await session.type('.history 2');
  }
  checkGolden(golden('repl-seek'), session.text);
});

test('a command that cannot be done says what can', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: example('bank-saga.ts'), stopOnEntry: true });
  await session.stopped();
  const wrong = ['.crash', '.crash missing', '.crash saga sometime', '.crash saga vote 0'];
  wrong.push(
    '.choose 99',
    '.state missing',
    '.stream missing',
    '.history none',
    '.seek',
    '.seek x',
  );
  wrong.push('.back line', '.go', '.help go', '.5 + 1', "$state('missing', 'x')");
  for (const line of wrong) await session.type(line);
  checkGolden(golden('repl-refusals'), session.text);
});

test('completions of commands and their arguments', async (t) => {
  const session = await RecordedSession.start(t);
  await session.launch({ program: 'stock.js', stopOnEntry: true });
  await session.stopped();
  const typed = ['.', '.c', '.crash ', '.crash shop/workflows/st', '.crash shelf pre', '.choose '];
  typed.push('.state ', '.stream sh', '.continuations ', '.back ', '.help s', '.nothing ');
  for (const text of typed) {
    const { body } = await session.client.completionsRequest({ text, column: text.length + 1 });
    const shown = body.targets.map((item: DebugProtocol.CompletionItem) => {
      const { label, text: inserted = label, start = 0, length = 0 } = item;
      return text.slice(0, start - 1) + inserted + text.slice(start - 1 + length);
    });
    session.note(`${text}|  ${shown.join('  ')}`);
  }
  checkGolden(golden('repl-completions'), session.text);
});

test('the state is searched by key and by text', async (t) => {
  const session = await RecordedSession.start(t);
  const functions = [{ name: 'task:saga', condition: "cause === 'reply'" }];
  await session.launch({ program: example('bank-saga.ts'), functions });
  await session.stopped();
  for (const search of [
    { key: 2 },
    { match: 'withdr' },
    { task: '/bank/workflows/audit/report' },
  ]) {
    const { body } = await session.client.customRequest('portals/state', search);
    session.note(`${JSON.stringify(search)}: ${body.total}`);
    for (const { task, name, key, value } of body.items) {
      session.note(`  ${task} ${name}[${key?.preview}]: ${value.preview}`);
    }
  }
  checkGolden(golden('state-search'), session.text);
});
