import type { Execution } from '../execution.ts';
import type { Violation } from './violation.ts';

/** What is wrong with a run by itself, whatever crashed in it. */
export function violationsOf(execution: Execution): Violation[] {
  const found = [...execution.violations];
  const steps = execution.decisions.length;
  if (execution.stopped) {
    const path = execution.decisions.at(-1) ?? '';
    found.push({ rule: 'livelock', path, difference: `the run has no end after ${steps} steps` });
    return found;
  }
  for (const pending of execution.pending) {
    const [path = '', portal, key, ...request] = pending.split(' ');
    const difference = `${portal} never replied to ${request.join(' ')} of key ${key}`;
    found.push({ rule: 'unanswered-request', path, difference });
  }
  return found;
}

/** What of a run with crashes the run without them, `explaining`, does not explain. */
export function unexplained(execution: Execution, explaining: Execution): Violation[] {
  const found = execution.violations.filter(({ rule }) => rule === 're-execution');
  const decided = firstDifference(explaining.decisions, execution.decisions);
  if (decided !== undefined) {
    found.push({ rule: 'decisions', path: '', ...decided });
  }
  for (const [path, was, is] of pairs(explaining.observations, execution.observations)) {
    const difference = firstDifference(was ?? [], is ?? []);
    if (difference !== undefined) {
      found.push({ rule: 'observations', path, difference: difference.difference });
    }
  }
  for (const [path, was = 'unset', is = 'unset'] of pairs(explaining.state, execution.state)) {
    if (was !== is) found.push({ rule: 'state', path, difference: `it was ${was}, it is ${is}` });
  }
  const pending = firstDifference(explaining.pending, execution.pending);
  if (pending !== undefined) {
    found.push({ rule: 'state', path: 'pending continuations', difference: pending.difference });
  }
  return found;
}

/** Values under the keys of both maps, side by side. */
function pairs<Value>(
  one: ReadonlyMap<string, Value>,
  other: ReadonlyMap<string, Value>,
): [string, Value | undefined, Value | undefined][] {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].map((key) => [key, one.get(key), other.get(key)]);
}

function firstDifference(
  was: readonly string[],
  is: readonly string[],
): { readonly step: number; readonly difference: string } | undefined {
  const count = Math.max(was.length, is.length);
  for (let at = 0; at < count; at++) {
    if (was[at] === is[at]) continue;
    const difference = `item ${at} was ${was[at] ?? 'missing'}, it is ${is[at] ?? 'missing'}`;
    return { step: at, difference };
  }
  return undefined;
}
