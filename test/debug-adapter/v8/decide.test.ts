import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelStop, PauseSnapshot } from '../../../debug-adapter/agent/index.ts';
import {
  decide,
  decideAtTarget,
  type Intent,
  isElsewhere,
  type PauseAction,
  type TopFrame,
  unnamedCause,
} from '../../../debug-adapter/v8/decide.ts';
import type { CallFrame, Pause, PauseCause } from '../../../debug-adapter/v8/pause.ts';
import type { StepState } from '../../../debug-adapter/v8/step-state.ts';

const SNAPSHOT: PauseSnapshot = { topologyVersion: 0, hitCounts: {}, output: [] };
const TOP: TopFrame = { isAuthored: true, line: 4, isWithinStatement: () => false };

const frame = (line: number) =>
  ({ location: { scriptId: '1', lineNumber: line, columnNumber: 2 } }) as CallFrame;
const handlerOf = (depth: number) => Array.from({ length: depth }, () => frame(4));
const pauseOf = (cause: PauseCause, more: Partial<Pause> = {}): Pause => {
  return { cause, snapshot: SNAPSHOT, hits: [], handler: handlerOf(1), driver: [], ...more };
};
const model = (kind: ModelStop['kind']): PauseCause => {
  return { kind: 'model', stop: { kind } as ModelStop };
};
const stepOver: StepState = {
  mode: { kind: 'line' },
  command: 'stepOver',
  startDepth: 1,
  from: '4:2',
};

const decisions: readonly [
  name: string,
  intent: Intent,
  pause: Pause,
  expected: PauseAction,
  top?: Partial<TopFrame>,
][] = [
  [
    'a handler is about to be entered',
    {},
    pauseOf(model('enter-handler'), { hits: [3] }),
    { kind: 'enter-handler', hits: [3] },
  ],
  [
    'the handler entered was the runtime’s own',
    { entering: { hits: [] } },
    pauseOf(model('after-event')),
    { kind: 'enter-next-handler' },
  ],
  [
    'an event ends after a breakpoint by name was hit',
    { entering: { hits: [3] } },
    pauseOf(model('after-event')),
    { kind: 'show' },
  ],
  [
    'the user asked for it',
    { pauseRequest: 'by-user' },
    pauseOf({ kind: 'pause' }),
    { kind: 'show' },
  ],
  [
    'only a read asked for it',
    { pauseRequest: 'internal' },
    pauseOf({ kind: 'pause' }),
    { kind: 'continue' },
  ],
  [
    'a breakpoint is hit in a re-execution',
    {},
    pauseOf({ kind: 'breakpoint', ids: ['a'] }, { snapshot: { ...SNAPSHOT, isReExecuting: true } }),
    { kind: 'continue' },
  ],
  ['a breakpoint is hit', {}, pauseOf({ kind: 'breakpoint', ids: ['a'] }), { kind: 'show' }],
  ['a step has ended', { step: stepOver }, pauseOf({ kind: 'step' }), { kind: 'show' }],
  [
    'a step came to code that is not the author’s',
    { step: stepOver },
    pauseOf({ kind: 'step' }),
    { kind: 'step', step: stepOver },
    { isAuthored: false },
  ],
  [
    'an interrupted step over is one call too deep',
    { step: { ...stepOver, interrupted: true } },
    pauseOf({ kind: 'step' }, { handler: handlerOf(2) }),
    { kind: 'continue' },
  ],
  [
    'an interrupted step over is back within its statement',
    { step: { ...stepOver, interrupted: true } },
    pauseOf({ kind: 'step' }),
    { kind: 'step', step: { ...stepOver, interrupted: true } },
    { isWithinStatement: () => true },
  ],
  [
    'a read came before the step left its location',
    { step: stepOver, pauseRequest: 'internal' },
    pauseOf({ kind: 'step' }),
    { kind: 'continue' },
  ],
];

for (const [name, intent, pause, expected, top] of decisions) {
  test(`${name}: ${expected.kind}`, () => {
    assert.deepEqual(decide(intent, pause, { ...TOP, ...top }), expected);
  });
}

test('on the way to a target, only the target and a requested line stop the run', () => {
  const stop = { kind: 'boundary' } as ModelStop;
  const reached = { ...SNAPSHOT, reachedTarget: true, stop } as const;
  assert.deepEqual(decideAtTarget('runtime', undefined, true), { kind: 'pass' });
  assert.deepEqual(decideAtTarget('halt', SNAPSHOT, false), { kind: 'pass' });
  assert.deepEqual(decideAtTarget('author', SNAPSHOT, false), { kind: 'pass' });
  const atLine = decideAtTarget('author', SNAPSHOT, true);
  assert.deepEqual(atLine, { kind: 'reached', cause: { kind: 'pause' } });
  const atTarget = decideAtTarget('halt', reached, false);
  assert.deepEqual(atTarget, { kind: 'reached', cause: { kind: 'model', stop } });
});

test('a pause without a cause of its own is a step, a debugger statement or a pause', () => {
  const isStatement = () => true;
  assert.deepEqual(unnamedCause({ step: stepOver }, frame(1), isStatement), { kind: 'step' });
  const asked = { step: stepOver, pauseRequest: 'by-user' } as const;
  assert.deepEqual(unnamedCause(asked, frame(1), isStatement), { kind: 'pause' });
  assert.deepEqual(unnamedCause({}, frame(1), isStatement), { kind: 'debugger-statement' });
  assert.deepEqual(unnamedCause({}, undefined, isStatement), { kind: 'pause' });
});

test('a pause of V8 in the runtime or the agent is elsewhere unless it has a reason', () => {
  assert.equal(isElsewhere('runtime', 'other'), true);
  assert.equal(isElsewhere('host', 'other'), true);
  assert.equal(isElsewhere('runtime', 'exception'), false);
  assert.equal(isElsewhere('author', 'other'), false);
});
