import type { HandlerContext } from '../../application/handlers.ts';
import type { Operator, OperatorForm } from '../../application/operator.ts';
import { taskOf } from '../context.ts';
import { Stash } from '../stash.ts';
import { CompiledOperator } from './compiled-operator.ts';
import { chained, initialised, stepping, virtualStateMachine } from './composition.ts';

/** The name under which a sampling task counts, visible in the debugger. */
const SAMPLE_STATE = '$sample';

/** Handlers return the same operators for many events, so each is compiled once. */
const compiled = new WeakMap<Operator, CompiledOperator>();

/** `operator` as tasks run it. */
export function compile(operator: Operator): CompiledOperator {
  let found = compiled.get(operator);
  if (found === undefined) {
    found = compileForm(operator.form);
    compiled.set(operator, found);
  }
  return found;
}

function compileForm(form: OperatorForm): CompiledOperator {
  switch (form.kind) {
    case 'handlers': {
      const { output, onNext, onRequest } = form;
      return new CompiledOperator(
        output,
        { onNext, onRequest },
        output === 'filter' || output === 'key',
      );
    }
    case 'stash':
      return new CompiledOperator('ignored', {
        onNext: (ctx) => form.handler(new Stash(taskOf(ctx)))(ctx),
      });
    case 'sample':
      return new CompiledOperator('filter', { onNext: (ctx) => () => sampled(ctx, form.every) });
    case 'init':
      return initialised(form.factory, compile);
    case 'vsm':
      return virtualStateMachine(form.initial, compile);
    case 'steps':
      return stepping(form.stages, compile);
    case 'chain':
      return chained(compile(form.first), compile(form.second));
    case 'wrapper': {
      const inner = compile(form.inner);
      const { wrapper } = form;
      const onNext = (ctx: HandlerContext) => (value: unknown) =>
        wrapper(ctx)(inner.process)(value);
      return inner.with({ onNext }, 'ignored');
    }
    case 'refined': {
      const { base, handlers } = form;
      const output = handlers.onNext === undefined ? undefined : 'ignored';
      return compile(base).with(handlers, output);
    }
  }
}

/** Counts an event over all keys; whether it is one that passes. */
function sampled(ctx: HandlerContext, every: number): boolean {
  const passed = taskOf(ctx).taskState(SAMPLE_STATE, 0);
  const count = ((passed.get() as number) + 1) % every;
  passed.set(count);
  return count === 0;
}
