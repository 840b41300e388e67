import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { PortalsCapabilities } from '../../../debug-adapter/protocol.ts';
import { CAPABILITIES } from '../../../debug-adapter/requests/capabilities.ts';
import { COMMANDS } from '../../../debug-adapter/requests/index.ts';
import { spawnAdapter } from '../../clients/raw-client.ts';
import { Traveller } from '../../clients/time-travel-client.ts';

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
type Check = (traveller: Traveller) => Promise<void>;

/** What each capability promises, asked of an adapter that stands before the first atom. */
const CHECKS: Readonly<Partial<Record<Capability, Check>>> = {
  async supportsConfigurationDoneRequest({ client }) {
    const done = client.received.find(({ command }) => command === 'configurationDone');
    const launched = client.received.find(({ command }) => command === 'launch');
    assert.ok(done?.success && launched && done.seq < launched.seq);
  },
  async supportsConditionalBreakpoints(traveller) {
    await set(traveller, { condition: 'y === 4' });
    assert.equal(await valueAtStop(traveller, 'y'), '4');
  },
  async supportsHitConditionalBreakpoints(traveller) {
    await set(traveller, { hitCondition: '3' });
    assert.equal(await valueAtStop(traveller, 'y'), '3');
  },
  async supportsLogPoints(traveller) {
    await set(traveller, { logMessage: 'y is {y}' });
    await traveller.go('portals/seek', { step: 2 });
    await traveller.go('portals/seek', { step: 0 });
    await traveller.go('portals/stepAtom');
    await traveller.go('portals/stepAtom');
    assert.match(printed(traveller), /^y is 1$/m);
  },
  async breakpointModes(traveller) {
    const crash = { kind: 'crash', target: '/app/workflows/jobs', at: 'vote' };
    const modes = (CAPABILITIES.breakpointModes ?? []).map(({ mode }) => mode);
    for (const mode of modes) {
      const [breakpoint] = await set(traveller, { mode });
      assert.equal(breakpoint?.['verified'], true, mode);
    }
    await traveller.client.ask('portals/inject', crash);
    await traveller.client.ask('setExceptionBreakpoints', { filters: [] });
    await set(traveller, { mode: 'firstRun', condition: 'x === 0' });
    await traveller.go('continue');
    await set(traveller, { mode: 'firstRun', condition: 'x < 2' });
    assert.equal(await valueAtStop(traveller, 'x'), '1');
    await set(traveller, { mode: 'firstRun', condition: 'x < 3' });
    // The atom of 0 and 1 is processed again in between.
    assert.equal(await valueAtStop(traveller, 'x'), '2');
  },
  async supportsFunctionBreakpoints(traveller) {
    const breakpoints = [{ name: `task:${TASK}` }];
    await succeeds(traveller, 'setFunctionBreakpoints', { breakpoints });
    assert.equal((await traveller.go('continue'))['reason'], 'function breakpoint');
  },
  async supportsDataBreakpoints(traveller) {
    await traveller.go('portals/seek', { step: 2 });
    const info = await succeeds(traveller, 'dataBreakpointInfo', {
      name: 'task.sum',
      variablesReference: await scope(traveller, 'Task state'),
    });
    assert.equal(typeof info['dataId'], 'string');
    const breakpoints = [{ dataId: info['dataId'], accessType: 'write' }];
    await succeeds(traveller, 'setDataBreakpoints', { breakpoints });
    assert.equal((await traveller.go('continue'))['reason'], 'data breakpoint');
  },
  async supportsBreakpointLocationsRequest(traveller) {
    const source = { path: traveller.file };
    const { breakpoints } = await succeeds(traveller, 'breakpointLocations', {
      source,
      line: LINE,
    });
    assert.ok((breakpoints as Item[]).every(({ line }) => line === LINE));
    assert.ok((breakpoints as Item[]).length > 0);
  },
  async supportsStepInTargetsRequest(traveller) {
    const { targets } = await succeeds(traveller, 'stepInTargets', {
      frameId: (await top(traveller))['id'],
    });
    const [target] = targets as Item[];
    assert.ok(target);
    await traveller.go('stepIn', { targetId: target['id'] });
  },
  async supportsEvaluateForHovers(traveller) {
    await arrive(traveller);
    assert.equal(await evaluate(traveller, 'x + y', 'hover'), '1');
    const { success } = await tryToEvaluate(traveller, 'sum.set(100)', 'hover');
    assert.equal(success, false);
  },
  async supportsClipboardContext(traveller) {
    await arrive(traveller);
    const shown = await evaluate(
      traveller,
      'Array.from({ length: 300 }, () => 12345)',
      'clipboard',
    );
    assert.equal((JSON.parse(shown) as number[]).length, 300);
  },
  async supportsSetVariable(traveller) {
    await arrive(traveller);
    const variablesReference = await scope(traveller, 'Local');
    const args = { variablesReference, name: 'y', value: '40 + 2' };
    assert.equal((await succeeds(traveller, 'setVariable', args))['value'], '42');
    assert.equal(await evaluate(traveller, 'y', 'watch'), '42');
  },
  async supportsCompletionsRequest(traveller) {
    assert.ok((await completions(traveller, 'su')).includes('sum'));
  },
  async completionTriggerCharacters(traveller) {
    assert.deepEqual(CAPABILITIES.completionTriggerCharacters, ['.']);
    assert.ok((await completions(traveller, 'ctx.')).includes('emit'));
  },
  async supportsExceptionInfoRequest(traveller) {
    await succeeds(traveller, 'setExceptionBreakpoints', { filters: ['handlerError'] });
    await traveller.go('continue');
    const info = await succeeds(traveller, 'exceptionInfo', { threadId: 2 });
    assert.match(String(info['description']), /nine/);
  },
  async supportsExceptionFilterOptions(traveller) {
    const filterOptions = [{ filterId: 'handlerError', condition: "error.message === 'nine'" }];
    await succeeds(traveller, 'setExceptionBreakpoints', { filters: [], filterOptions });
    assert.equal((await traveller.go('continue'))['reason'], 'exception');
  },
  async exceptionBreakpointFilters(traveller) {
    const filters = CAPABILITIES.exceptionBreakpointFilters?.map(({ filter }) => filter);
    const { breakpoints } = await succeeds(traveller, 'setExceptionBreakpoints', {
      filters: [...(filters ?? []), 'nonsense'],
    });
    const verified = (breakpoints as Item[]).map((each) => each['verified']);
    assert.deepEqual(verified, [...(filters ?? []).map((filter) => filter !== 'invariant'), false]);
  },
  async supportsDelayedStackTraceLoading(traveller) {
    await arrive(traveller);
    const whole = await succeeds(traveller, 'stackTrace', { threadId: 2 });
    const part = { threadId: 2, startFrame: 1, levels: 1 };
    const { stackFrames, totalFrames } = await succeeds(traveller, 'stackTrace', part);
    const [, second] = whole['stackFrames'] as Item[];
    assert.deepEqual(
      (stackFrames as Item[]).map(({ name }) => name),
      [second?.['name']],
    );
    assert.equal(totalFrames, (whole['stackFrames'] as Item[]).length);
  },
  async supportsLoadedSourcesRequest(traveller) {
    const { sources } = await succeeds(traveller, 'loadedSources', {});
    assert.deepEqual(
      (sources as Item[]).map(({ path }) => path),
      [traveller.file],
    );
  },
  async supportsRestartRequest(traveller) {
    await traveller.go('portals/seek', { step: 3 });
    assert.equal((await traveller.go('restart'))['reason'], 'entry');
    assert.equal(await traveller.step(), 0);
  },
  async supportsTerminateRequest(traveller) {
    await succeeds(traveller, 'terminate', {});
    await traveller.client.event('terminated');
    assert.equal(traveller.child.exitCode, null);
  },
  async supportsStepBack(traveller) {
    await arrive(traveller);
    await traveller.go('next', { threadId: 2 });
    await traveller.go('stepBack', { threadId: 2 });
    assert.equal((await top(traveller, 2))['line'], LINE);
    await traveller.go('reverseContinue', { threadId: 2 });
    assert.equal(await traveller.step(), 0);
  },
  async supportsReload(traveller) {
    await traveller.go('portals/seek', { step: 3 });
    const reloaded = await succeeds(traveller, 'portals/reload', {});
    assert.equal(reloaded['step'], 3);
  },
  async supportsRestartFrame(traveller) {
    await arrive(traveller);
    const { id: frameId, canRestart } = await top(traveller, 2);
    assert.equal(canRestart, true);
    await traveller.go('restartFrame', { frameId });
    assert.equal((await top(traveller, 2))['line'], LINE - 2);
  },
  async supportsCancelRequest(traveller) {
    const { client } = traveller;
    await set(traveller, { condition: '(() => { for (;;); })()' });
    const seek = client.request('reverseContinue', { threadId: 1 });
    await succeeds(traveller, 'cancel', { requestId: seek });
    assert.equal((await client.responseTo(seek)).message, 'cancelled');
  },
  async supportsGotoTargetsRequest(traveller) {
    await traveller.go('portals/seek', { step: 4 });
    const args = { source: { path: traveller.file }, line: LINE };
    const [target] = (await succeeds(traveller, 'gotoTargets', args))['targets'] as Item[];
    await traveller.go('goto', { threadId: 1, targetId: target?.['id'] });
    assert.equal((await top(traveller, 2))['line'], LINE);
  },
};

for (const [capability, check] of Object.entries(CHECKS)) {
  test(`what is declared works: ${capability}`, async (t) => {
    assert.ok(capability in CAPABILITIES, `${capability} is not declared`);
    await check(await Traveller.start(t, PROGRAM));
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

async function succeeds({ client }: Traveller, command: string, args: object): Promise<Item> {
  const { success, message, body } = await client.ask(command, args);
  assert.equal(success, true, `${command}: ${message}`);
  return body ?? {};
}

/** Sets one breakpoint on the line. */
async function set(traveller: Traveller, terms: object): Promise<readonly Item[]> {
  const args = { source: { path: traveller.file }, breakpoints: [{ line: LINE, ...terms }] };
  return (await succeeds(traveller, 'setBreakpoints', args))['breakpoints'] as Item[];
}

async function arrive(traveller: Traveller): Promise<void> {
  await set(traveller, {});
  assert.equal((await traveller.go('continue'))['reason'], 'breakpoint');
}

async function valueAtStop(traveller: Traveller, name: string): Promise<string> {
  await traveller.go('continue');
  return evaluate(traveller, name, 'watch');
}

/** The innermost frame of the workflow's thread (2), or of the scheduler's. */
async function top(traveller: Traveller, threadId = 1): Promise<Item> {
  const { stackFrames } = await succeeds(traveller, 'stackTrace', { threadId });
  const [frame] = stackFrames as Item[];
  assert.ok(frame);
  return frame;
}

async function scope(traveller: Traveller, wanted: string): Promise<unknown> {
  const { id: frameId } = await top(traveller, 2);
  const { scopes } = await succeeds(traveller, 'scopes', { frameId });
  return (scopes as Item[]).find(({ name }) => name === wanted)?.['variablesReference'];
}

async function tryToEvaluate(traveller: Traveller, expression: string, context: string) {
  const { id: frameId } = await top(traveller, 2);
  return traveller.client.ask('evaluate', { expression, context, frameId });
}

async function evaluate(traveller: Traveller, expression: string, context: string) {
  const { body, message } = await tryToEvaluate(traveller, expression, context);
  assert.ok(body, message);
  return String(body['result']);
}

async function completions(traveller: Traveller, text: string): Promise<readonly unknown[]> {
  await arrive(traveller);
  const { id: frameId } = await top(traveller, 2);
  const args = { text, column: text.length + 1, frameId };
  const { targets } = await succeeds(traveller, 'completions', args);
  return (targets as Item[]).map(({ label }) => label);
}

function printed({ client }: Traveller): string {
  const outputs = client.received.filter(({ event }) => event === 'output');
  return outputs.map(({ body }) => String(body?.['output'])).join('');
}
