import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';
import { withHandler, writeFiles } from '../../program-files.ts';

interface Details {
  readonly message?: string;
  readonly stackTrace?: string;
  readonly innerException?: readonly Details[];
}

/** An expression for what a handler throws, and the tree of messages inside it. */
const THROWN: readonly (readonly [string, readonly unknown[]])[] = [
  ["new Error('outer')", []],
  ["new Error('1', { cause: new Error('2', { cause: '3' }) })", [{ 'Error: 2': [{ "'3'": [] }] }]],
  [
    "(() => { const e = new Error('self'); e.cause = e; return e; })()",
    [{ '[circular] Error: self': [] }],
  ],
  [
    "new AggregateError([new Error('x'), new TypeError('y')], 'many')",
    [{ 'Error: x': [] }, { 'TypeError: y': [] }],
  ],
];

for (const [thrown, expected] of THROWN) {
  test(`inner exceptions of ${thrown}`, async (t) => {
    const { details } = await exceptionInfo(t, thrown);
    assert.deepEqual(treeOf(details), expected);
    for (const message of messagesIn(details)) {
      assert.ok(details.stackTrace?.includes(message), details.stackTrace);
    }
  });
}

test('the Debug Console names the causes of an error', async (t) => {
  const program = programThrowing("new Error('outer', { cause: new Error('inner') })");
  const session = await RecordedSession.start(t);
  await session.launch({ program, filters: [] });
  await session.stopped();
  assert.match(session.text, /Error: outer\n.*\n? *.*\[cause\]: Error: inner\n.* at .*app\.js:\d/);
});

function programThrowing(thrown: string): string {
  return `${writeFiles({ 'app.js': withHandler(`throw ${thrown};`) })}/app.js`;
}

async function exceptionInfo(t: TestContext, thrown: string) {
  const session = await RecordedSession.start(t);
  await session.launch({ program: programThrowing(thrown), filters: ['handlerError'] });
  await session.stopped();
  const { threadId } = session;
  const { body } = await session.client.customRequest('exceptionInfo', { threadId });
  return body as { readonly details: Details };
}

function treeOf({ innerException = [] }: Details): unknown[] {
  return innerException.map((each) => ({ [each.message ?? '']: treeOf(each) }));
}

function messagesIn({ innerException = [] }: Details): string[] {
  return innerException.flatMap((each) => [each.message ?? '', ...messagesIn(each)]);
}
