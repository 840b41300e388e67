import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';

const PROGRAM = `const builder = PortalsJS.ApplicationBuilder('app');
const numbers = builder.generatorsWithName('numbers').fromRange(0, 9, 3);
builder.workflowsWithName('jobs').source(numbers.stream).map((ctx) => (x) => {
  const held = { count: 1 };
  let y = x + 1;
  for (let round = 0; round < 3; round++) {
    y += held.count;
  }
  const grown = () => y;
  return grown();
}).withName('task').sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;

/** A client that looks at variables, and changes them. */
class Editor {
  readonly user: TimeTravelClient;

  private constructor(user: TimeTravelClient) {
    this.user = user;
  }

  /** Stands for the first time at `line`. */
  static async at(t: TestContext, line: number): Promise<Editor> {
    const options = { supportsInvalidatedEvent: true, lines: [line] };
    const user = await TimeTravelClient.start(t, PROGRAM, options);
    await user.go('continue', { threadId: 1 });
    return new Editor(user);
  }

  async top(): Promise<DebugProtocol.StackFrame> {
    const { body } = await this.user.client.ask('stackTrace', { threadId: 2 });
    const [frame] = (body?.['stackFrames'] ?? []) as DebugProtocol.StackFrame[];
    assert.ok(frame);
    return frame;
  }

  async scopes(): Promise<readonly DebugProtocol.Scope[]> {
    const { id: frameId } = await this.top();
    const { body } = await this.user.client.ask('scopes', { frameId });
    return (body?.['scopes'] ?? []) as DebugProtocol.Scope[];
  }

  /** The value of a variable, as the Variables view shows it. */
  async shown(name: string): Promise<string | undefined> {
    for (const { variablesReference } of await this.scopes()) {
      const { body } = await this.user.client.ask('variables', { variablesReference });
      const all = (body?.['variables'] ?? []) as DebugProtocol.Variable[];
      const found = all.find((each) => each.name === name);
      if (found) return found.value;
    }
    return undefined;
  }

  async set(name: string, value: string): Promise<void> {
    for (const { variablesReference } of await this.scopes()) {
      const args = { variablesReference, name, value };
      if ((await this.user.client.ask('setVariable', args)).success) return;
    }
    assert.fail(`${name} cannot be set`);
  }

  async evaluate(expression: string, context = 'repl'): Promise<string> {
    const { id: frameId } = await this.top();
    const args = { expression, context, frameId };
    const { body, message = '' } = await this.user.client.ask('evaluate', args);
    return String(body?.['result'] ?? message);
  }
}

test('all variables that were set at one place are set there again', async (t) => {
  const editor = await Editor.at(t, 9);
  const { user } = editor;
  await editor.set('y', '100');
  await editor.set('y', '200');
  await editor.set('x', '7');
  for (let times = 0; times < 2; times++) {
    await user.go('next', { threadId: 2 });
    await user.go('stepBack', { threadId: 2 });
    assert.deepEqual([await editor.shown('x'), await editor.shown('y')], ['7', '200']);
  }
});

test('a variable that was set in one round of a loop keeps its course in the others', async (t) => {
  const editor = await Editor.at(t, 7);
  const { user } = editor;
  await editor.set('y', '100');
  await user.breakAt(9);
  const { body } = await user.client.ask('portals/status');
  await user.go('continue', { threadId: 1 });
  assert.equal(await editor.shown('y'), '103');
  await user.go('portals/seek', { step: Number(body?.['step']) + 1 });
  await user.go('reverseContinue', { threadId: 1 });
  assert.equal(await editor.shown('y'), '6');
  await user.go('reverseContinue', { threadId: 1 });
  await user.go('reverseContinue', { threadId: 1 });
  assert.equal(await editor.shown('y'), '103');
});

test('going ahead from where a variable was set in a loop sets it once', async (t) => {
  const editor = await Editor.at(t, 7);
  const { user } = editor;
  await editor.set('y', '100');
  await user.go('portals/seek', { step: 2 });
  const { client } = user;
  const path = '/app/workflows/jobs/stream';
  const values = async () => {
    const { body } = await client.ask('portals/stream', { path, start: 0, count: 9 });
    return ((body?.['items'] ?? []) as { value: { json: unknown } }[]).map(
      ({ value }) => value.json,
    );
  };
  const ahead = await values();
  await user.go('portals/seek', { step: 0 });
  await user.go('portals/seek', { step: 2 });
  assert.deepEqual(await values(), ahead);
  assert.deepEqual(ahead, [103, 5, 6]);
});

test('what the Debug Console assigns is shown at once, and done again', async (t) => {
  const editor = await Editor.at(t, 9);
  const { user } = editor;
  assert.equal(await editor.evaluate('y = 5'), '5');
  assert.equal(await editor.shown('y'), '5');
  assert.deepEqual(user.client.received.findLast(({ event }) => event === 'invalidated')?.body, {
    areas: ['variables'],
  });
  assert.equal(await editor.evaluate('x++'), '0');
  assert.equal(await editor.shown('x'), '1');
  assert.equal(await editor.evaluate('held.count = x + 8'), '9');
  await user.go('next', { threadId: 2 });
  await user.go('stepBack', { threadId: 2 });
  const shown = ['x', 'y', 'held'].map((name) => editor.shown(name));
  assert.deepEqual(await Promise.all(shown), ['1', '5', '{count: 9}']);
  await user.go('next', { threadId: 2 });
  assert.equal(await editor.evaluate('grown()'), '5');
});

test('what the Debug Console assigns in the past forks the history', async (t) => {
  const editor = await Editor.at(t, 9);
  const { user } = editor;
  await user.go('continue', { threadId: 1 });
  await user.go('portals/seek', { step: 4 });
  for (let stops = 0; stops < 6; stops++) await user.go('reverseContinue', { threadId: 1 });
  assert.equal(await editor.evaluate('y'), '4');
  assert.equal(await editor.evaluate('held.count'), '1');
  const branches = async () => (await user.client.ask('portals/status')).body?.['branches'];
  assert.equal(((await branches()) as object[]).length, 1);
  await editor.evaluate('y = 50');
  const [, fork] = (await branches()) as { reason: string }[];
  assert.equal(fork?.reason, 'y = 50');
});

test('conditions, log messages and watches change nothing', async (t) => {
  const editor = await Editor.at(t, 9);
  const { client, file } = editor.user;
  const line = 10;
  const breakpoints = [
    { line, condition: 'y = 5' },
    { line, logMessage: 'y is {y++}' },
    { line, condition: 'held.count == 1' },
  ];
  const { body } = await client.ask('setBreakpoints', { source: { path: file }, breakpoints });
  const [condition, message, plain] = (body?.['breakpoints'] ?? []) as DebugProtocol.Breakpoint[];
  assert.match(condition?.message ?? '', /the condition assigns to 'y', .*to compare, write ==/);
  assert.match(message?.message ?? '', /the log message assigns to 'y'/);
  assert.equal(plain?.verified, true);
  const functions = { breakpoints: [{ name: 'task:*', condition: 'value.id = 3' }] };
  const { body: named } = await client.ask('setFunctionBreakpoints', functions);
  const [task] = (named?.['breakpoints'] ?? []) as DebugProtocol.Breakpoint[];
  assert.match(task?.message ?? '', /assigns to 'value.id'/);
  assert.match(await editor.evaluate('y = 5', 'watch'), /assigns to 'y'/);
  assert.equal(await editor.evaluate('y', 'watch'), '4');
});
