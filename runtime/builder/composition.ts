import {
  Behaviour,
  emitting,
  type Handler,
  type MarkerHandler,
  type Wrapper,
} from '../application/behaviour.ts';
import { expectFunction } from '../application/references.ts';
import { PortalsError } from '../contracts/errors.ts';
import { executionOf, type TaskContext } from '../tasks/context.ts';

/** The names under which composed tasks keep their own state, visible in the debugger. */
const INIT_STATE = '$init';
const VSM_STATE = '$behaviour';
const STEP_STATE = '$step';

/** A task whose behaviour `factory` makes, once, before the task's first event. */
export function initialised(factory: (ctx: TaskContext) => unknown): Behaviour {
  expectFunction(factory, 'init', 'ctx => task');
  const current = (ctx: TaskContext): Behaviour => {
    const state = executionOf(ctx).taskState(INIT_STATE);
    const known = state.get();
    if (known instanceof Behaviour) return known;
    const made = expectTask(factory(ctx), 'init');
    state.set(made);
    return made;
  };
  return delegating('init', current);
}

/** A task that keeps its current behaviour per key; a handler's return value replaces it. */
export function virtualStateMachine(initial: unknown): Behaviour {
  const first = expectTask(initial, 'vsm');
  const current = (ctx: TaskContext): Behaviour => {
    const kept = executionOf(ctx).keyState(VSM_STATE).get();
    return kept instanceof Behaviour ? kept : first;
  };
  const handle = (ctx: TaskContext, value: unknown) => {
    const behaviour = current(ctx);
    const result = emitting(behaviour)(ctx)(value);
    // What a map returns, say, is an event and not the next behaviour.
    if (behaviour.result !== 'ignored' || result === undefined) return;
    executionOf(ctx).keyState(VSM_STATE).set(expectTask(result, 'vsm'));
  };
  return delegating('vsm', current).with({
    onNext: (ctx) => (value) => executionOf(ctx).hold(() => handle(ctx, value)),
  });
}

/** The stages of a stepping task: each behaviour with the number of atoms it is in force. */
type Stage = readonly [behaviour: Behaviour, atoms: number];

/** The stepping behaviours made here, by their event handler, so that stages can be added. */
const steppings = new WeakMap<Handler, { readonly stages: readonly Stage[]; is: Behaviour }>();

/** After `first`, and in turn with it, `next` is in force for `atoms` atoms. */
export function stepping(
  first: Behaviour,
  atoms: number,
  next: unknown,
  method: string,
): Behaviour {
  if (!Number.isInteger(atoms) || atoms < 1) {
    throw new PortalsError('PORTALS_WRONG_KIND', `${method} expects a count of at least 1 atom`);
  }
  const stages: readonly Stage[] = [...stagesOf(first), [expectTask(next, method), atoms]];
  const depth = Math.max(...stages.map(([behaviour]) => behaviour.steps));
  const state = depth === 0 ? STEP_STATE : STEP_STATE + depth;
  const cycle = stages.reduce((sum, [, length]) => sum + length, 0);
  const position = (ctx: TaskContext) => executionOf(ctx).taskState(state, 0);
  const current = (ctx: TaskContext): Behaviour => {
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
    steps: depth + 1,
  });
  steppings.set(made.onNext, { stages, is: made });
  return made;
}

/** What another stage is added to: the stages so far, unless handlers were replaced since. */
function stagesOf(behaviour: Behaviour): readonly Stage[] {
  const known = steppings.get(behaviour.onNext);
  const same = known?.is.onAtomComplete === behaviour.onAtomComplete;
  return known !== undefined && same ? known.stages : [[behaviour, 1]];
}

/** `second` consumes what `first` emits, within the same task and sharing its state. */
export function chained(first: Behaviour, second: unknown): Behaviour {
  const then = expectTask(second, 'withAndThen');
  const emitThen = emitting(then);
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
  return new Behaviour(first.kind, 'ignored', {
    onNext: piped(emitting(first)),
    onRequest: first.onRequest && piped(first.onRequest),
    onAtomComplete: both(first.onAtomComplete, then.onAtomComplete),
    onComplete: both(first.onComplete, then.onComplete),
    onError: (ctx) => (error) => {
      through(ctx, () => first.onError?.(ctx)(error));
      then.onError?.(ctx)(error);
    },
    endAtom: both(first.endAtom, then.endAtom),
    steps: Math.max(first.steps, then.steps),
  });
}

/** `wrapper` decides around each event whether and how the wrapped handler runs. */
export function wrapped(behaviour: Behaviour, wrapper: Wrapper): Behaviour {
  expectFunction(wrapper, 'withWrapper', 'ctx => wrapped => value => …');
  const inner: Handler = emitting(behaviour);
  return behaviour.with({ onNext: (ctx) => (value) => wrapper(ctx)(inner)(value) }, 'ignored');
}

/** Checks that `value` is a task, as `builder.tasks` makes them. */
export function expectTask(value: unknown, method: string): Behaviour {
  if (value instanceof Behaviour) return value;
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects a task; make one with builder.tasks.processor(ctx => value => …)`,
  );
}

/** A behaviour that does whatever `current` does at the time. */
function delegating(
  kind: 'init' | 'vsm' | 'step',
  current: (ctx: TaskContext) => Behaviour,
): Behaviour {
  return new Behaviour(kind, 'ignored', {
    onNext: (ctx) => {
      const behaviour = current(ctx);
      return (value) => emitting(behaviour)(ctx)(value);
    },
    onAtomComplete: (ctx) => current(ctx).onAtomComplete?.(ctx),
    onComplete: (ctx) => current(ctx).onComplete?.(ctx),
    onError: (ctx) => (error) => current(ctx).onError?.(ctx)(error),
    endAtom: (ctx) => current(ctx).endAtom?.(ctx),
  });
}
