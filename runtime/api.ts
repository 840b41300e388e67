import { Application } from './application/application.ts';
import { ApplicationBuilder } from './builder/application-builder.ts';
import type { ExpectOutsideHandler } from './builder/outside-handlers.ts';
import type * as api from './contracts/authors-api.ts';
import { PortalsError } from './contracts/errors.ts';
import type { Runtime, RuntimeOptions, Simulator } from './contracts/simulator.ts';
import { actorLibrary, taskContextOf } from './library/actors/index.ts';
import { Engine } from './simulator/engine.ts';
import { RunInspector } from './simulator/inspection/inspector.ts';
import { findStore } from './simulator/inspection/state-view.ts';
import type { SystemIndex } from './simulator/systems.ts';
import { TaskContext, taskOf } from './tasks/context.ts';
import type { RunningTask } from './tasks/running-task.ts';
import { Stash } from './tasks/stash.ts';
import type { StateHandle } from './tasks/state-handle.ts';
import { StateWatch } from './tasks/state-watch.ts';

/** Makes a runtime of its own: nothing is shared between two. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const engine = new Engine(options);
  const { runner } = engine;
  const { host } = runner;
  let driven = false;
  const drive = (system: SystemIndex | undefined) => {
    engine.systems.drive(system);
    return engine.advance();
  };
  const simulator: Simulator = {
    inspect: new RunInspector(runner, engine.systems),
    launch: (application) => engine.launch(expectApplication(application)),
    step: () => drive(undefined),
    stepUntilComplete() {
      while (drive(undefined));
    },
    finish: () => engine.finish(),
    receive: (input) => engine.receive(input),
    get inputs() {
      return host.inputs.inputs;
    },
    repeat: (...known) => host.notices.repeat(...known),
    forgetFuture: () => host.inputs.forgetFuture(),
    get missed() {
      return host.inputs.missed;
    },
    get moment() {
      return host.clock.now;
    },
    output: host.print,
    watchState(state, onAccess) {
      const store = findStore(host.graph, state);
      const live: typeof onAccess = (access) => host.phase === 'reExecuting' || onAccess(access);
      return store && new StateWatch(store, live);
    },
    shutdown: () => engine.systems.shutDown(),
    get driven() {
      return driven;
    },
  };
  const expectOutsideHandler: ExpectOutsideHandler = (call) => {
    if (host.phase === 'boundary' || host.phase === 'complete') return;
    throw new PortalsError(
      'PORTALS_HANDLER_REENTERED',
      `a handler calls ${call}; call it outside of handlers: when the atom of the handler is ` +
        'rolled back, the call could not be undone',
    );
  };
  const PortalsJS: api.PortalsApi = {
    ApplicationBuilder: (name: string) => new ApplicationBuilder(name, expectOutsideHandler),
    System: () => {
      expectOutsideHandler('System()');
      const onDriven = () => {
        driven = true;
      };
      return systemOf(engine, expectOutsideHandler, onDriven);
    },
    PerKeyState,
    PerTaskState,
    Stash: (ctx: unknown) => new Stash(expectTaskContext(ctx, 'Stash(ctx)')),
    Actors: actorLibrary(PerKeyState),
  };
  return { PortalsJS: Object.freeze(PortalsJS), simulator };
}

/** A new system; it calls `onDriven` when the program drives it. */
function systemOf(
  engine: Engine,
  expectOutsideHandler: ExpectOutsideHandler,
  onDriven: () => void,
) {
  const { systems } = engine;
  const own = systems.open();
  // As long as nothing is launched on it, it drives all of them: many programs write
  // `System().launch(app)` and then `System().stepUntilComplete()`.
  let runs: SystemIndex | undefined;
  const step = () => {
    onDriven();
    systems.drive(runs);
    return engine.advance();
  };
  return {
    launch(application: unknown) {
      expectOutsideHandler('System().launch(application)');
      runs = own;
      systems.drive(own);
      engine.launch(expectApplication(application));
    },
    step,
    stepUntilComplete() {
      while (step());
    },
    shutdown() {
      expectOutsideHandler('System().shutdown()');
      onDriven();
      systems.shutDown(runs);
    },
  };
}

function PerKeyState<Value>(
  name: unknown,
  initial: Value,
  ctx: unknown,
): StateHandle<api.Settable<Value>> {
  const task = stateOwnerOf(ctx, 'PerKeyState(name, initial, ctx)');
  return task.keyState(name, initial) as StateHandle<api.Settable<Value>>;
}

function PerTaskState<Value>(
  name: unknown,
  initial: Value,
  ctx: unknown,
): StateHandle<api.Settable<Value>> {
  const task = stateOwnerOf(ctx, 'PerTaskState(name, initial, ctx)');
  return task.taskState(name, initial) as StateHandle<api.Settable<Value>>;
}

/** Whether `value` is what an application builder's `build()` returns. */
export function isApplication(value: unknown): boolean {
  return value instanceof Application;
}

function expectApplication(value: unknown): Application {
  if (value instanceof Application) return value;
  throw new PortalsError(
    'PORTALS_NOT_AN_APPLICATION',
    'launch expects a built application; pass what builder.build() returned',
  );
}

/** The task whose state `ctx` gives access to, also if it is an actor's. Called for every event. */
function stateOwnerOf(ctx: unknown, usage: string): RunningTask {
  if (ctx instanceof TaskContext) return taskOf(ctx);
  return expectTaskContext(taskContextOf(ctx), usage);
}

function expectTaskContext(ctx: unknown, usage: string): RunningTask {
  if (ctx instanceof TaskContext) return taskOf(ctx);
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `the last argument must be the handler's ctx: ${usage}`,
  );
}
