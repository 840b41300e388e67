import { PortalsError } from '../errors.ts';
import type { TaskContext } from '../execution/context.ts';
import {
  Behaviour,
  emitting,
  type Handler,
  type MarkerHandler,
  type Wrapper,
} from './behaviour.ts';
import { expectFunction } from './references.ts';

/** The names under which composed tasks keep their own state, visible in the debugger. */
const INIT_STATE = '$init';
const VSM_STATE = '$behaviour';
const STEP_STATE = '$step';

/** A task whose behaviour `factory` makes, once, before the task's first event. */
export function initialised(factory: (ctx: TaskContext) => unknown): Behaviour {
  expectFunction(factory, 'init', 'ctx => task');
  const current = (ctx: TaskContext): Behaviour => {
    const known = ctx.taskState(INIT_STATE).get();
    if (known instanceof Behaviour) return known;
    const made = expectTask(factory(ctx), 'init');
    ctx.taskState(INIT_STATE).set(made);
    return made;
  };
  return delegating('init', current);
}

/** A task that keeps its current behaviour per key; a handler's return value replaces it. */
export function virtualStateMachine(initial: unknown): Behaviour {
  const first = expectTask(initial, 'vsm');
  const current = (ctx: TaskContext): Behaviour => {
    const kept = ctx.keyState(VSM_STATE).get();
    return kept instanceof Behaviour ? kept : first;
  };
  return delegating('vsm', current).with({
    onNext: (ctx) => (value) => {
      const next = current(ctx).onNext(ctx)(value);
      if (next !== undefined) ctx.keyState(VSM_STATE).set(expectTask(next, 'vsm'));
    },
  });
}

/** The stages of a stepping task: each behaviour with the number of atoms it is in force. */
type Stage = readonly [behaviour: Behaviour, atoms: number];

/** The stages of the stepping behaviours made here, so that one can be extended by another. */
const stagesOf = new WeakMap<Behaviour, readonly Stage[]>();

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
  const earlier = stagesOf.get(first) ?? [[first, 1]];
  const stages: readonly Stage[] = [...earlier, [expectTask(next, method), atoms]];
  const cycle = stages.reduce((sum, [, length]) => sum + length, 0);
  const position = (ctx: TaskContext) => (ctx.taskState(STEP_STATE).get() ?? 0) as number;
  const current = (ctx: TaskContext): Behaviour => {
    let rest = position(ctx);
    for (const [behaviour, length] of stages) {
      if (rest < length) return behaviour;
      rest -= length;
    }
    return first;
  };
  const behaviour = delegating('step', current).with({
    onAtomComplete: (ctx) => {
      current(ctx).onAtomComplete?.(ctx);
      ctx.taskState(STEP_STATE).set((position(ctx) + 1) % cycle);
    },
    onRequest: first.onRequest,
  });
  stagesOf.set(behaviour, stages);
  return behaviour;
}

/** `second` consumes what `first` emits, within the same task and sharing its state. */
export function chained(first: Behaviour, second: unknown): Behaviour {
  const then = expectTask(second, 'withAndThen');
  const [emitFirst, emitThen] = [emitting(first), emitting(then)];
  const through = (ctx: TaskContext, run: () => unknown) => {
    for (const value of ctx.capture(run)) emitThen(ctx)(value);
  };
  const both =
    (one: MarkerHandler | undefined, two: MarkerHandler | undefined): MarkerHandler =>
    (ctx) => {
      through(ctx, () => one?.(ctx));
      two?.(ctx);
    };
  return new Behaviour(first.kind, 'ignored', {
    onNext: (ctx) => (value) => through(ctx, () => emitFirst(ctx)(value)),
    onRequest: first.onRequest,
    onAtomComplete: both(first.onAtomComplete, then.onAtomComplete),
    onComplete: both(first.onComplete, then.onComplete),
    onError: (ctx) => (error) => {
      through(ctx, () => first.onError?.(ctx)(error));
      then.onError?.(ctx)(error);
    },
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
  });
}
