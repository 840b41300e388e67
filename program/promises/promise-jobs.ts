import { promiseHooks } from 'node:v8';
import type { Simulator } from '../../runtime/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Positions } from '../positions.ts';

/** Called once for each place in the sources where a handler leaves a promise job. */
export type OnPromiseJob = (diagnostic: Diagnostic) => void;

/**
 * Runs `action` and reports each promise reaction that a handler registers meanwhile, by `then` or
 * `await`. Its job cannot run within the atom: handlers are synchronous, and jobs wait until the
 * run has ended.
 */
export function reportPromiseJobs<Result>(
  action: () => Result,
  simulator: Simulator,
  positions: Positions,
  onPromiseJob: OnPromiseJob,
): Result {
  const known = new Set<string>();
  const stop = promiseHooks.createHook({
    init(_, parent: Promise<unknown> | undefined) {
      // A promise without a parent, such as `Promise.resolve(1)`, has no reaction.
      if (parent === undefined) return;
      const { stack = '' } = new Error('promise job');
      if (known.has(stack)) return;
      known.add(stack);
      const { phase, event, choice } = simulator.inspect.status();
      if (phase !== 'processing' && phase !== 'recovering') return;
      const source = positions.ofUnmappedStack(stack);
      const place = `${source?.file}:${source?.line}:${source?.column}`;
      if (known.has(place)) return;
      known.add(place);
      const path = event?.task ?? choice?.unit;
      onPromiseJob({ ...diagnosticOf(path), ...(source && { source }) });
    },
  }) as () => void;
  try {
    return action();
  } finally {
    stop();
  }
}

function diagnosticOf(path: string | undefined): Diagnostic {
  return {
    code: 'PORTALS_PROMISE_JOB',
    message:
      `a handler${path === undefined ? '' : ` of ${path}`} leaves a promise job, by await or ` +
      'then. It runs only after the run has ended, outside of any atom. Call the code directly, ' +
      'or ask a portal and await the reply.',
  };
}
