import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallTrace } from '../../../runtime/contracts/call-site.ts';
import { Activation, type Exchange } from '../../../runtime/recovery/activation.ts';
import { Lineages } from '../../../runtime/recovery/lineages.ts';
import { Epoch } from '../../../runtime/tasks/epoch.ts';
import type { Continuation } from '../../../runtime/tasks/messages.ts';

/** What an activation did: the continuations it ran, and those it registered, by name. */
type RecordedStep = readonly [runs: string, registers: string];

/**
 * Commits one activation for each of `steps`; returns the numbers of those to be repeated after
 * another, which runs the continuations of `aborted`, is rolled back.
 */
function repeated(
  steps: readonly RecordedStep[],
  aborted: string,
  longest?: number,
): number[] | 'truncated' {
  const epoch = new Epoch();
  const lineages = new Lineages(epoch, longest);
  const known = new Map<string, Continuation>();
  const continuationOf = (name: string) => {
    const found = known.get(name) ?? ({} as Continuation);
    known.set(name, found);
    return found;
  };
  const run = ([runs, registers]: RecordedStep, at: number) => {
    const activation = new Activation(at, INPUT, undefined);
    const exchanges: Exchange[] = [
      { kind: 'resumed', continuations: [...runs].map(continuationOf) },
      ...[...registers].map((name): Exchange => {
        const awaited = { requests: [], replyingTo: undefined, callback: () => {} };
        const trace = new CallTrace();
        return { kind: 'awaited', ...awaited, trace, continuation: continuationOf(name) };
      }),
    ];
    activation.exchanges.push(...exchanges);
    lineages.add(activation);
  };
  steps.forEach((step, at) => {
    run(step, at + 1);
    epoch.commit();
  });
  run([aborted, ''], 0);
  epoch.rollback();
  const { activations, isTruncated } = lineages.takeInvalidated();
  return isTruncated ? 'truncated' : activations.map(({ order }) => order);
}

const INPUT = {
  events: undefined,
  requests: undefined,
  replies: undefined,
  marker: { kind: 'atomComplete' },
  ofSource: true,
  markerRounds: 0,
} as const;

test('who registered a continuation is repeated, and everything that ran beside it since', () => {
  assert.deepEqual(
    repeated(
      [
        ['', 'a'],
        ['', 'bc'],
        ['b', 'd'],
        ['', 'e'],
      ],
      'd',
    ),
    [2, 3],
  );
  assert.deepEqual(
    repeated(
      [
        ['', 'a'],
        ['', 'bc'],
        ['b', 'd'],
        ['', 'e'],
      ],
      'c',
    ),
    [2, 3],
  );
});

test('continuations that ran in one activation may share objects from then on', () => {
  assert.deepEqual(
    repeated(
      [
        ['', 'ax'],
        ['', 'by'],
        ['ab', 'c'],
        ['', 'd'],
      ],
      'x',
    ),
    [1, 2, 3],
  );
});

test('a lineage none of whose continuations is pending is forgotten', () => {
  assert.deepEqual(
    repeated(
      [
        ['', 'ab'],
        ['a', ''],
        ['b', ''],
      ],
      'ab',
    ),
    [],
  );
});

test('the crash of a lineage that is too long to be recorded is refused', () => {
  const chain: RecordedStep[] = [
    ['', 'a'],
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
  ];
  assert.deepEqual(repeated(chain, 'd', 4), [1, 2, 3, 4]);
  assert.deepEqual(repeated(chain, 'd', 3), 'truncated');
});

test('a lineage that is united with one too long to be recorded is refused, too', () => {
  const chain: RecordedStep[] = [
    ['', 'a'],
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
    ['', 'x'],
  ];
  assert.deepEqual(repeated([...chain, ['dx', 'y']], 'y', 3), 'truncated');
  assert.deepEqual(repeated([...chain, ['xd', 'y']], 'y', 3), 'truncated');
});
