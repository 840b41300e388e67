import {
  asProcessor,
  type Handler,
  type MarkerHandler,
  Operator,
  type Wrapper,
} from '../application/operator.ts';
import { expectFunction } from '../application/references.ts';
import { PortalsError } from '../contracts/errors.ts';
import { executionOf, type TaskContext } from '../tasks/context.ts';

/** The names under which composed tasks keep their own state, visible in the debugger. */
const INIT_STATE = '$init';
const VSM_STATE = '$behaviour';
const STEP_STATE = '$step';

/** A task whose behaviour `factory` makes, once, before the task's first event. */
export function initialised(factory: (ctx: TaskContext) => unknown): Operator {
  expectFunction(factory, 'init', 'ctx => task');
  const current = (ctx: TaskContext): Operator => {
    const state = executionOf(ctx).taskState(INIT_STATE);
    const known = state.get();
    if (known instanceof Operator) return known;
    const made = expectTask(factory(ctx), 'init');
    state.set(made);
    return made;
  };
  return delegating('init', current);
}

/** A task that keeps its current behaviour per key; a handler's return value replaces it. */
export function virtualStateMachine(initial: unknown): Operator {
  const first = expectTask(initial, 'vsm');
  const current = (ctx: TaskContext): Operator => {
    const kept = executionOf(ctx).keyState(VSM_STATE).get();
    return kept instanceof Operator ? kept : first;
  };
  const handle = (ctx: TaskContext, value: unknown) => {
    const behaviour = current(ctx);
    const result = asProcessor(behaviour)(ctx)(value);
    // What a map returns, say, is an event and not the next behaviour.
    if (behaviour.output !== 'ignored' || result === undefined) return;
    executionOf(ctx).keyState(VSM_STATE).set(expectTask(result, 'vsm'));
  };
  return delegating('vsm', current).with({
    onNext: (ctx) => (value) => executionOf(ctx).deferReprocessing(() => handle(ctx, value)),
  });
}

/** The stages of a stepping task: each behaviour with the number of atoms it is in force. */
type Stage = readonly [behaviour: Operator, atoms: number];

/** The stepping behaviours made here, by their event handler, so that stages can be added. */
const steppings = new WeakMap<Handler, { readonly stages: readonly Stage[]; is: Operator }>();

/** After `first`, and in turn with it, `next` is in force for `atoms` atoms. */
export function stepping(first: Operator, atoms: number, next: unknown, method: string): Operator {
  if (!Number.isInteger(atoms) || atoms < 1) {
    throw new PortalsError('PORTALS_WRONG_KIND', `${method} expects a count of at least 1 atom`);
  }
  const stages: readonly Stage[] = [...stagesOf(first), [expectTask(next, method), atoms]];
  const depth = Math.max(...stages.map(([behaviour]) => behaviour.stepDepth));
  const state = depth === 0 ? STEP_STATE : STEP_STATE + depth;
  const cycle = stages.reduce((sum, [, length]) => sum + length, 0);
  const position = (ctx: TaskContext) => executionOf(ctx).taskState(state, 0);
  const current = (ctx: TaskContext): Operator => {
    let rest = position(ctx).get() as number;
    for (const [behaviour, length] of stages) {
      if (rest < length) return behaviour;
      rest -= length;
    }
    return first;
  };
  const made = delegating('step', current).with({
    onRequest: first.onRequest,
    endAtom: (ctx) => {
      current(ctx).endAtom?.(ctx);
      position(ctx).set(((position(ctx).get() as number) + 1) % cycle);
    },
    stepDepth: depth + 1,
  });
  steppings.set(made.onNext, { stages, is: made });
  return made;
}

/** What another stage is added to: the stages so far, unless handlers were replaced since. */
function stagesOf(behaviour: Operator): readonly Stage[] {
  const known = steppings.get(behaviour.onNext);
  const same = known?.is.onAtomComplete === behaviour.onAtomComplete;
  return known !== undefined && same ? known.stages : [[behaviour, 1]];
}

/** `second` consumes what `first` emits, within the same task and sharing its state. */
export function chained(first: Operator, second: unknown): Operator {
  const then = expectTask(second, 'withAndThen');
  const emitThen = asProcessor(then);
  const through = (ctx: TaskContext, run: () => unknown) =>
    executionOf(ctx).pipe(run, (value) => emitThen(ctx)(value));
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
  return new Operator(first.kind, 'ignored', {
    onNext: piped(asProcessor(first)),
    onRequest: first.onRequest && piped(first.onRequest),
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

/** `wrapper` decides around each event whether and how the wrapped handler runs. */
export function wrapped(behaviour: Operator, wrapper: Wrapper): Operator {
  expectFunction(wrapper, 'withWrapper', 'ctx => wrapped => value => …');
  const inner: Handler = asProcessor(behaviour);
  return behaviour.with({ onNext: (ctx) => (value) => wrapper(ctx)(inner)(value) }, 'ignored');
}

/** Checks that `value` is a task, as `builder.tasks` makes them. */
export function expectTask(value: unknown, method: string): Operator {
  if (value instanceof Operator) return value;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects a task; make one with builder.tasks.processor(ctx => value => …)`,
  );
}

/** A behaviour that does whatever `current` does at the time. */
function delegating(
  kind: 'init' | 'vsm' | 'step',
  current: (ctx: TaskContext) => Operator,
): Operator {
  return new Operator(kind, 'ignored', {
    onNext: (ctx) => {
      const behaviour = current(ctx);
      return (value) => asProcessor(behaviour)(ctx)(value);
    },
    onAtomComplete: (ctx) => current(ctx).onAtomComplete?.(ctx),
    onComplete: (ctx) => current(ctx).onComplete?.(ctx),
    onError: (ctx) => (error) => current(ctx).onError?.(ctx)(error),
    endAtom: (ctx) => current(ctx).endAtom?.(ctx),
  });
}
