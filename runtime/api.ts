import { PortalsError } from './errors.ts';
import { executionOf, TaskContext } from './execution/context.ts';
import type { StateHandle } from './execution/state-handle.ts';
import type { TaskExecution } from './execution/task-execution.ts';
import { Application } from './model/application.ts';
import { ApplicationBuilder } from './model/application-builder.ts';
import { Engine } from './simulator/engine.ts';
import { EngineInspector } from './simulator/inspector.ts';
import type { Runtime, RuntimeOptions, Simulator } from './simulator.ts';

/** Makes a fresh world: nothing is shared between two runtimes. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const engine = new Engine(options);
  let driven = false;
  const simulator: Simulator = {
    inspect: new EngineInspector(engine),
    launch: (application) => engine.launch(expectApplication(application)),
    step: () => engine.advance(),
    stepUntilComplete() {
      while (engine.advance());
    },
    inject: (fault) => engine.inject(fault),
    choose: (label) => engine.choose(label),
    output: (text) => engine.output(text),
    shutdown: () => engine.shutdown(),
    get driven() {
      return driven;
    },
  };
  const system = {
    launch: (application: unknown) => simulator.launch(application),
    step() {
      driven = true;
      return simulator.step();
    },
    stepUntilComplete() {
      driven = true;
      simulator.stepUntilComplete();
    },
    shutdown() {
      driven = true;
      simulator.shutdown();
    },
  };
  const PortalsJS = {
    ApplicationBuilder: (name: unknown) => new ApplicationBuilder(name),
    System: () => system,
    PerKeyState: (name: unknown, initial: unknown, ctx: unknown): StateHandle =>
      expectContext(ctx, 'PerKeyState').keyState(name, initial),
    PerTaskState: (name: unknown, initial: unknown, ctx: unknown): StateHandle =>
      expectContext(ctx, 'PerTaskState').taskState(name, initial),
  };
  return { PortalsJS: Object.freeze(PortalsJS), simulator };
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

function expectContext(value: unknown, method: string): TaskExecution {
  if (value instanceof TaskContext) return executionOf(value);
  throw new PortalsError(
    'PORTALS_WRONG_KIND',
    `${method} expects the handler's ctx as its third argument: ${method}(name, initial, ctx)`,
  );
}
