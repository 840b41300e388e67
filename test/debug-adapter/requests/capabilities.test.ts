import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { PortalsCapabilities } from '../../../debug-adapter/protocol.ts';
import { CAPABILITIES } from '../../../debug-adapter/requests/capabilities.ts';
import { COMMANDS } from '../../../debug-adapter/requests/index.ts';
import { spawnAdapter } from '../../clients/raw-client.ts';
import { TimeTravelClient } from '../../clients/time-travel-client.ts';

const PROGRAM = `const builder = PortalsJS.ApplicationBuilder('app');
const numbers = builder.generatorsWithName('numbers').fromRange(0, 12, 2);
builder.workflowsWithName('jobs').source(numbers.stream).map((ctx) => (x) => {
  const sum = PortalsJS.PerTaskState('sum', 0, ctx);
  let y = x + 1;
  sum.set(sum.get() + y);
  if (x === 9) throw new Error('nine');
  return y;
}).withName('task').sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`;
const LINE = 6;
const TASK = '/app/workflows/jobs/task';

type Item = Readonly<Record<string, unknown>>;
type Capability = keyof PortalsCapabilities | keyof DebugProtocol.Capabilities;
type Check = (user: TimeTravelClient) => Promise<void>;

/** What each capability promises, asked of an adapter that stands before the first atom. */
const CHECKS: Readonly<Partial<Record<Capability, Check>>> = {
  async supportsConfigurationDoneRequest({ client }) {
    const done = client.received.find(({ command }) => command === 'configurationDone');
    const launched = client.received.find(({ command }) => command === 'launch');
    assert.ok(done?.success && launched && done.seq < launched.seq);
  },
  async supportsConditionalBreakpoints(user) {
    await set(user, { condition: 'y === 4' });
    assert.equal(await valueAtStop(user, 'y'), '4');
  },
  async supportsHitConditionalBreakpoints(user) {
    await set(user, { hitCondition: '3' });
    assert.equal(await valueAtStop(user, 'y'), '3');
  },
  async supportsLogPoints(user) {
    await set(user, { logMessage: 'y is {y}' });
    await user.go('portals/seek', { step: 2 });
    await user.go('portals/seek', { step: 0 });
    await user.go('portals/stepAtom');
    await user.go('portals/stepAtom');
    assert.match(printed(user), /^y is 1$/m);
  },
  async breakpointModes(user) {
    const crash = { kind: 'crash', target: '/app/workflows/jobs', at: 'vote' };
    const modes = (CAPABILITIES.breakpointModes ?? []).map(({ mode }) => mode);
    for (const mode of modes) {
      const [breakpoint] = await set(user, { mode });
      assert.equal(breakpoint?.['verified'], true, mode);
    }
    await user.client.ask('portals/inject', crash);
    await user.client.ask('setExceptionBreakpoints', { filters: [] });
    await set(user, { mode: 'firstRun', condition: 'x === 0' });
    await user.go('continue');
    await set(user, { mode: 'firstRun', condition: 'x < 2' });
    assert.equal(await valueAtStop(user, 'x'), '1');
    await set(user, { mode: 'firstRun', condition: 'x < 3' });
    // The atom of 0 and 1 is processed again in between.
    assert.equal(await valueAtStop(user, 'x'), '2');
  },
  async supportsFunctionBreakpoints(user) {
    const breakpoints = [{ name: `task:${TASK}` }];
    await succeeds(user, 'setFunctionBreakpoints', { breakpoints });
    assert.equal((await user.go('continue'))['reason'], 'function breakpoint');
  },
  async supportsDataBreakpoints(user) {
    await user.go('portals/seek', { step: 2 });
    const info = await succeeds(user, 'dataBreakpointInfo', {
      name: 'task.sum',
      variablesReference: await scope(user, 'Task state'),
    });
    assert.equal(typeof info['dataId'], 'string');
    const breakpoints = [{ dataId: info['dataId'], accessType: 'write' }];
    await succeeds(user, 'setDataBreakpoints', { breakpoints });
    assert.equal((await user.go('continue'))['reason'], 'data breakpoint');
  },
  async supportsBreakpointLocationsRequest(user) {
    const source = { path: user.file };
    const { breakpoints } = await succeeds(user, 'breakpointLocations', {
      source,
      line: LINE,
    });
    assert.ok((breakpoints as Item[]).every(({ line }) => line === LINE));
    assert.ok((breakpoints as Item[]).length > 0);
  },
  async supportsStepInTargetsRequest(user) {
    const { targets } = await succeeds(user, 'stepInTargets', {
      frameId: (await top(user))['id'],
    });
    const [target] = targets as Item[];
    assert.ok(target);
    await user.go('stepIn', { targetId: target['id'] });
  },
  async supportsEvaluateForHovers(user) {
    await arrive(user);
    assert.equal(await evaluate(user, 'x + y', 'hover'), '1');
    const { success } = await tryToEvaluate(user, 'sum.set(100)', 'hover');
    assert.equal(success, false);
  },
  async supportsClipboardContext(user) {
    await arrive(user);
    const shown = await evaluate(user, 'Array.from({ length: 300 }, () => 12345)', 'clipboard');
    assert.equal((JSON.parse(shown) as number[]).length, 300);
  },
  async supportsSetVariable(user) {
    await arrive(user);
    const variablesReference = await scope(user, 'Local');
    const args = { variablesReference, name: 'y', value: '40 + 2' };
    assert.equal((await succeeds(user, 'setVariable', args))['value'], '42');
    assert.equal(await evaluate(user, 'y', 'watch'), '42');
  },
  async supportsSetExpression(user) {
    await arrive(user);
    const { id: frameId } = await top(user, 2);
    const args = { expression: 'y', value: '40 + 3', frameId };
    assert.equal((await succeeds(user, 'setExpression', args))['value'], '43');
    assert.equal(await evaluate(user, 'y', 'watch'), '43');
  },
  async supportsCompletionsRequest(user) {
    assert.ok((await completions(user, 'su')).includes('sum'));
  },
  async completionTriggerCharacters(user) {
    assert.deepEqual(CAPABILITIES.completionTriggerCharacters, ['.']);
    assert.ok((await completions(user, 'ctx.')).includes('emit'));
  },
  async supportsExceptionInfoRequest(user) {
    await succeeds(user, 'setExceptionBreakpoints', { filters: ['handlerError'] });
    await user.go('continue');
    const info = await succeeds(user, 'exceptionInfo', { threadId: 2 });
    assert.match(String(info['description']), /nine/);
  },
  async supportsExceptionFilterOptions(user) {
    const filterOptions = [{ filterId: 'handlerError', condition: "error.message === 'nine'" }];
    await succeeds(user, 'setExceptionBreakpoints', { filters: [], filterOptions });
    assert.equal((await user.go('continue'))['reason'], 'exception');
  },
  async exceptionBreakpointFilters(user) {
    const filters = CAPABILITIES.exceptionBreakpointFilters?.map(({ filter }) => filter);
    const { breakpoints } = await succeeds(user, 'setExceptionBreakpoints', {
      filters: [...(filters ?? []), 'nonsense'],
    });
    const verified = (breakpoints as Item[]).map((each) => each['verified']);
    assert.deepEqual(verified, [...(filters ?? []).map((filter) => filter !== 'invariant'), false]);
  },
  async supportsDelayedStackTraceLoading(user) {
    await arrive(user);
    const whole = await succeeds(user, 'stackTrace', { threadId: 2 });
    const part = { threadId: 2, startFrame: 1, levels: 1 };
    const { stackFrames, totalFrames } = await succeeds(user, 'stackTrace', part);
    const [, second] = whole['stackFrames'] as Item[];
    assert.deepEqual(
      (stackFrames as Item[]).map(({ name }) => name),
      [second?.['name']],
    );
    assert.equal(totalFrames, (whole['stackFrames'] as Item[]).length);
  },
  async supportsLoadedSourcesRequest(user) {
    const { sources } = await succeeds(user, 'loadedSources', {});
    assert.deepEqual(
      (sources as Item[]).map(({ path }) => path),
      [user.file],
    );
  },
  async supportsRestartRequest(user) {
    await user.go('portals/seek', { step: 3 });
    assert.equal((await user.go('restart'))['reason'], 'entry');
    assert.equal(await user.step(), 0);
  },
  async supportsTerminateRequest(user) {
    await succeeds(user, 'terminate', {});
    await user.client.event('terminated');
    assert.equal(user.child.exitCode, null);
  },
  async supportsStepBack(user) {
    await arrive(user);
    await user.go('next', { threadId: 2 });
    await user.go('stepBack', { threadId: 2 });
    assert.equal((await top(user, 2))['line'], LINE);
    await user.go('reverseContinue', { threadId: 2 });
    assert.equal(await user.step(), 0);
  },
  async supportsReload(user) {
    await user.go('portals/seek', { step: 3 });
    const reloaded = await succeeds(user, 'portals/reload', {});
    assert.equal(reloaded['step'], 3);
  },
  async supportsRestartFrame(user) {
    await arrive(user);
    const { id: frameId, canRestart } = await top(user, 2);
    assert.equal(canRestart, true);
    await user.go('restartFrame', { frameId });
    assert.equal((await top(user, 2))['line'], LINE - 2);
  },
  async supportsCancelRequest(user) {
    const { client } = user;
    await set(user, { condition: '(() => { for (;;); })()' });
    const seek = client.request('reverseContinue', { threadId: 1 });
    await succeeds(user, 'cancel', { requestId: seek });
    assert.equal((await client.responseTo(seek)).message, 'cancelled');
  },
  async supportsGotoTargetsRequest(user) {
    await user.go('portals/seek', { step: 4 });
    const args = { source: { path: user.file }, line: LINE };
    const [target] = (await succeeds(user, 'gotoTargets', args))['targets'] as Item[];
    await user.go('goto', { threadId: 1, targetId: target?.['id'] });
    assert.equal((await top(user, 2))['line'], LINE);
  },
};

for (const [capability, check] of Object.entries(CHECKS)) {
  test(`what is declared works: ${capability}`, async (t) => {
    assert.ok(capability in CAPABILITIES, `${capability} is not declared`);
    await check(await TimeTravelClient.start(t, PROGRAM));
  });
}

test('an adapter declares what is in the table, and nothing else', async (t) => {
  const { client } = spawnAdapter(t);
  const { body } = await client.ask('initialize', { adapterID: 'portals' });
  assert.deepEqual(Object.keys(body ?? {}).sort(), Object.keys(CHECKS).sort());
});

/** The requests that a client makes only of an adapter with the capability. */
const OPTIONAL: Readonly<Record<string, Capability>> = {
  configurationDone: 'supportsConfigurationDoneRequest',
  setFunctionBreakpoints: 'supportsFunctionBreakpoints',
  dataBreakpointInfo: 'supportsDataBreakpoints',
  setDataBreakpoints: 'supportsDataBreakpoints',
  breakpointLocations: 'supportsBreakpointLocationsRequest',
  stepInTargets: 'supportsStepInTargetsRequest',
  setVariable: 'supportsSetVariable',
  setExpression: 'supportsSetExpression',
  completions: 'supportsCompletionsRequest',
  exceptionInfo: 'supportsExceptionInfoRequest',
  loadedSources: 'supportsLoadedSourcesRequest',
  restart: 'supportsRestartRequest',
  terminate: 'supportsTerminateRequest',
  stepBack: 'supportsStepBack',
  reverseContinue: 'supportsStepBack',
  restartFrame: 'supportsRestartFrame',
  cancel: 'supportsCancelRequest',
  gotoTargets: 'supportsGotoTargetsRequest',
  goto: 'supportsGotoTargetsRequest',
  'portals/reload': 'supportsReload',
};

/** Those of which every client knows that every adapter answers them. */
const BASIC = [
  ...['initialize', 'launch', 'attach', 'disconnect', 'setBreakpoints', 'setExceptionBreakpoints'],
  ...['continue', 'next', 'stepIn', 'stepOut', 'pause', 'stackTrace', 'scopes', 'variables'],
  ...['threads', 'evaluate', 'source', 'locations'],
];

test('every request that the adapter answers is one that clients know of', () => {
  const others = COMMANDS.filter((command) => !BASIC.includes(command) && !OPTIONAL[command]);
  assert.deepEqual(
    others.filter((command) => !command.startsWith('portals/')),
    [],
  );
  for (const [command, capability] of Object.entries(OPTIONAL)) {
    assert.ok(COMMANDS.includes(command) && capability in CAPABILITIES, command);
  }
});

async function succeeds(
  { client }: TimeTravelClient,
  command: string,
  args: object,
): Promise<Item> {
  const { success, message, body } = await client.ask(command, args);
  assert.equal(success, true, `${command}: ${message}`);
  return body ?? {};
}

/** Sets one breakpoint on the line. */
async function set(user: TimeTravelClient, terms: object): Promise<readonly Item[]> {
  const args = { source: { path: user.file }, breakpoints: [{ line: LINE, ...terms }] };
  return (await succeeds(user, 'setBreakpoints', args))['breakpoints'] as Item[];
}

async function arrive(user: TimeTravelClient): Promise<void> {
  await set(user, {});
  assert.equal((await user.go('continue'))['reason'], 'breakpoint');
}

async function valueAtStop(user: TimeTravelClient, name: string): Promise<string> {
  await user.go('continue');
  return evaluate(user, name, 'watch');
}

/** The innermost frame of the workflow's thread (2), or of the scheduler's. */
async function top(user: TimeTravelClient, threadId = 1): Promise<Item> {
  const { stackFrames } = await succeeds(user, 'stackTrace', { threadId });
  const [frame] = stackFrames as Item[];
  assert.ok(frame);
  return frame;
}

async function scope(user: TimeTravelClient, wanted: string): Promise<unknown> {
  const { id: frameId } = await top(user, 2);
  const { scopes } = await succeeds(user, 'scopes', { frameId });
  return (scopes as Item[]).find(({ name }) => name === wanted)?.['variablesReference'];
}

async function tryToEvaluate(user: TimeTravelClient, expression: string, context: string) {
  const { id: frameId } = await top(user, 2);
  return user.client.ask('evaluate', { expression, context, frameId });
}

async function evaluate(user: TimeTravelClient, expression: string, context: string) {
  const { body, message } = await tryToEvaluate(user, expression, context);
  assert.ok(body, message);
  return String(body['result']);
}

async function completions(user: TimeTravelClient, text: string): Promise<readonly unknown[]> {
  await arrive(user);
  const { id: frameId } = await top(user, 2);
  const args = { text, column: text.length + 1, frameId };
  const { targets } = await succeeds(user, 'completions', args);
  return (targets as Item[]).map(({ label }) => label);
}

function printed({ client }: TimeTravelClient): string {
  const outputs = client.received.filter(({ event }) => event === 'output');
  return outputs.map(({ body }) => String(body?.['output'])).join('');
}
