import type { Handler, HandlerContext, MarkerHandler } from '../../application/handlers.ts';
import { expectOperator, Operator, type Stage } from '../../application/operator.ts';
import { taskOf } from '../context.ts';
import { CompiledOperator } from './compiled-operator.ts';

/** Compiles another operator: one that an operator was composed of, or that a handler returned. */
export type Compile = (operator: Operator) => CompiledOperator;

/** The names under which composed operators keep their own state, visible in the debugger. */
const INIT_STATE = '$init';
const VSM_STATE = '$behaviour';
const STEP_STATE = '$step';

/** An operator that `factory` makes, once, before the task's first event. */
export function initialised(factory: MarkerHandler, compile: Compile): CompiledOperator {
  return delegating((ctx) => {
    const state = taskOf(ctx).taskState(INIT_STATE);
    const made = state.get();
    if (made instanceof Operator) return compile(made);
    const operator = expectOperator(factory(ctx), 'init');
    state.set(operator);
    return compile(operator);
  });
}

/** An operator that keeps its current behaviour per key; a handler's result replaces it. */
export function virtualStateMachine(initial: Operator, compile: Compile): CompiledOperator {
  const first = compile(initial);
  const current = (ctx: HandlerContext): CompiledOperator => {
    const kept = taskOf(ctx).keyState(VSM_STATE).get();
    return kept instanceof Operator ? compile(kept) : first;
  };
  const handle = (ctx: HandlerContext, value: unknown) => {
    const operator = current(ctx);
    const result = operator.process(ctx)(value);
    // What a map returns, say, is an event and not the next behaviour.
    if (operator.output !== 'ignored' || result === undefined) return;
    taskOf(ctx).keyState(VSM_STATE).set(expectOperator(result, 'vsm'));
  };
  return delegating(current).with({
    onNext: (ctx) => (value) => taskOf(ctx).deferReprocessing(() => handle(ctx, value)),
  });
}

/** Each of `stages` in turn is in force for its number of source atoms. */
export function stepping(stages: readonly Stage[], compile: Compile): CompiledOperator {
  const compiled = stages.map(({ operator, atoms }) => ({ operator: compile(operator), atoms }));
  const depth = Math.max(...compiled.map(({ operator }) => operator.stepDepth));
  const state = depth === 0 ? STEP_STATE : STEP_STATE + depth;
  const cycle = stages.reduce((sum, { atoms }) => sum + atoms, 0);
  const position = (ctx: HandlerContext) => taskOf(ctx).taskState(state, 0);
  const current = (ctx: HandlerContext): CompiledOperator => {
    let rest = position(ctx).get() as number;
    const stage = compiled.find(({ atoms }) => {
      rest -= atoms;
      return rest < 0;
    });
    return (stage ?? (compiled[0] as (typeof compiled)[number])).operator;
  };
  const answering = compiled.find(({ operator }) => operator.onRequest !== undefined);
  return delegating(current).with({
    // Requests come at any time, so a stage without a handler leaves them to one that has it.
    onRequest:
      answering && ((ctx) => (current(ctx).onRequest ?? answering.operator.onRequest ?? none)(ctx)),
    endAtom: (ctx) => {
      current(ctx).endAtom?.(ctx);
      position(ctx).set(((position(ctx).get() as number) + 1) % cycle);
    },
    stepDepth: depth + 1,
  });
}

/** `then` consumes what `first` emits, within the same task and sharing its state. */
export function chained(first: CompiledOperator, then: CompiledOperator): CompiledOperator {
  const through = (ctx: HandlerContext, run: () => unknown) =>
    taskOf(ctx).pipe(run, (value) => then.process(ctx)(value));
  const piped = (handler: Handler): Handler => {
    return (ctx) => (value) => {
      // What the first one returns may be the next behaviour of a `vsm`.
      let result: unknown;
      through(ctx, () => {
        result = handler(ctx)(value);
      });
      return result;
    };
  };
  const both =
    (one: MarkerHandler | undefined, two: MarkerHandler | undefined): MarkerHandler =>
    (ctx) => {
      if (one !== undefined) through(ctx, () => one(ctx));
      two?.(ctx);
    };
  return new CompiledOperator('ignored', {
    onNext: piped(first.process),
    onRequest: (first.onRequest && piped(first.onRequest)) ?? then.onRequest,
    onAtomComplete: both(first.onAtomComplete, then.onAtomComplete),
    onComplete: both(first.onComplete, then.onComplete),
    onError: (ctx) => (error) => {
      through(ctx, () => first.onError?.(ctx)(error));
      then.onError?.(ctx)(error);
    },
    endAtom: both(first.endAtom, then.endAtom),
    stepDepth: Math.max(first.stepDepth, then.stepDepth),
  });
}

/** An operator that does whatever `current` does at the time. */
function delegating(current: (ctx: HandlerContext) => CompiledOperator): CompiledOperator {
  return new CompiledOperator('ignored', {
    onNext: (ctx) => current(ctx).process(ctx),
    onRequest: (ctx) => (request) => current(ctx).onRequest?.(ctx)(request),
    onAtomComplete: (ctx) => current(ctx).onAtomComplete?.(ctx),
    onComplete: (ctx) => current(ctx).onComplete?.(ctx),
    onError: (ctx) => (error) => current(ctx).onError?.(ctx)(error),
    endAtom: (ctx) => current(ctx).endAtom?.(ctx),
  });
}

const none: Handler = () => () => undefined;
