import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Notice, Simulator, Topology } from '../../../runtime/index.ts';
import { type Program, type Run, run, type Settings } from '../run-program.ts';
import { type Manners, sourceOf } from './app-source.ts';
import { type AppSpec, appSpec } from './app-spec.ts';

/** A generated application. A counterexample is shown as its program. */
export class Generated {
  readonly spec: AppSpec;

  constructor(spec: AppSpec) {
    this.spec = spec;
  }

  run(settings: Settings = {}, manners: Manners = 'spoiling'): Run {
    return run(compile(sourceOf(this.spec, manners)), { maxSteps: STEPS_MAX, ...settings });
  }

  /** Runs it and calls `onNotice` with each notice and its simulator. */
  accompany(settings: Settings, onNotice: (notice: Notice, simulator: Simulator) => void): void {
    const program = compile(sourceOf(this.spec));
    let simulator: Simulator | undefined;
    const probe = (notice: Notice) => {
      assert.ok(simulator !== undefined);
      onNotice(notice, simulator);
    };
    run(
      (app, surroundings) => {
        simulator = surroundings.simulator;
        program(app, surroundings);
      },
      { maxSteps: STEPS_MAX, ...settings, probe },
    );
  }

  /** Runs it, and returns how the streams are connected. */
  observe(settings: Settings): { readonly run: Run; readonly topology: Topology } {
    const program = compile(sourceOf(this.spec));
    let topology: Topology | undefined;
    const observed = run((app, surroundings) => {
      program(app, surroundings);
      topology = surroundings.simulator.inspect.topology();
    }, settings);
    assert.ok(topology !== undefined);
    return { run: observed, topology };
  }

  [fc.toStringMethod](): string {
    return `\n${sourceOf(this.spec)}\n`;
  }
}

/** No generated application takes nearly as many: all come to rest. */
const STEPS_MAX = 5_000;

export const generated: fc.Arbitrary<Generated> = appSpec.map((spec) => new Generated(spec));

/** The program with its draws and output replaced, as a realm would. */
function compile(source: string): Program {
  const main = new Function('PortalsJS', 'Math', 'console', source);
  return (_app, { PortalsJS, environment }) => {
    const random = () => environment.drawUnit();
    const log = (...values: unknown[]) => environment.print(values.join(' '), 'stdout');
    main(PortalsJS, { min: Math.min, floor: Math.floor, random }, { log });
  };
}
