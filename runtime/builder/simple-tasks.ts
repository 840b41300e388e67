import { Operator } from '../application/operator.ts';
import { PortalsError } from '../contracts/errors.ts';
import { textOf } from '../format/text.ts';
import { executionOf } from '../tasks/context.ts';

/** The name under which a sampling task counts, visible in the debugger. */
const SAMPLE_STATE = '$sample';

/** A task that logs every event after `prefix`, and passes it on. */
export function logger(prefix: string): Operator {
  return new Operator('logger', 'value', {
    onNext: (ctx) => (value) => {
      ctx.log.info(prefix === '' ? value : prefix + textOf(value));
      return value;
    },
  });
}

/** A task that passes on each `every`-th event, counted over all keys. */
export function sampler(every: number): Operator {
  if (!(Number.isInteger(every) && every >= 1)) {
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      'sample expects how many events there are to each that passes: a whole number, at least 1',
    );
  }
  return new Operator('filter', 'accept', {
    onNext: (ctx) => () => {
      const passed = executionOf(ctx).taskState(SAMPLE_STATE, 0);
      const count = ((passed.get() as number) + 1) % every;
      passed.set(count);
      return count === 0;
    },
  });
}

/** A task that passes nothing on. */
export function nothing(): Operator {
  return new Operator('filter', 'accept', { onNext: () => () => false });
}
