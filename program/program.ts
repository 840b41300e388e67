import {
  type BuiltinCheck,
  type CallSite,
  type Environment,
  type OddProperties,
  proxyRegistry,
  RUNTIME_URL,
  type Runtime,
  type RuntimeOptions,
} from '../runtime/index.ts';
import type { Bundle } from './bundle.ts';
import { type Diagnostic, ProgramError, type SourcePosition } from './diagnostic.ts';
import { withoutImports } from './dynamic-imports.ts';
import { Positions } from './positions.ts';
import { PROGRAM_URL } from './program-url.ts';
import { type OnPromiseJob, reportPromiseJobs } from './promises/promise-jobs.ts';
import { createRealm, evaluateRuntime, type Realm } from './realm.ts';
import { diagnoseThrown } from './thrown.ts';

/** The exports of the runtime's script, as far as a host uses them. */
export type RuntimeModule = Pick<
  typeof import('../runtime/index.ts'),
  | 'createRuntime'
  | 'isApplication'
  | 'Environment'
  | 'PortalsError'
  | 'installGlobals'
  | 'expectOddProperties'
  | 'safeEvaluation'
  | 'lockBuiltins'
  | 'BuiltinWatch'
  | 'shareProxies'
>;

export interface ProgramOptions
  extends Omit<RuntimeOptions, 'environment' | 'builtins' | 'evaluate'> {
  /** What the program sees as `process.env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Reports handlers that leave promise jobs; without it they are not looked for. */
  readonly onPromiseJob?: OnPromiseJob;
}

/**
 * A portal app in a realm of its own, with a simulator behind it. Works on any thread; needs no
 * bundler, so that a worker gets `bundle` and `runtimeCode` as plain data.
 */
export class Program {
  readonly runtime: Runtime;
  readonly environment: Environment;
  readonly positions: Positions;
  readonly #realm: Realm;
  readonly #module: RuntimeModule;
  readonly #builtins: BuiltinCheck;
  readonly #bundle: Bundle;
  readonly #onPromiseJob: OnPromiseJob | undefined;

  constructor(bundle: Bundle, runtimeCode: string, options: ProgramOptions) {
    const { env, onPromiseJob, ...runtimeOptions } = options;
    this.#onPromiseJob = onPromiseJob;
    this.#bundle = bundle;
    this.positions = new Positions(bundle.map, bundle.root);
    this.#realm = createRealm();
    this.#module = evaluateRuntime(this.#realm, runtimeCode, RUNTIME_URL) as RuntimeModule;
    this.environment = new this.#module.Environment({
      seed: options.seed,
      nameInStack: (line, column) => this.positions.nameInStack(line, column),
      ...(env && { env }),
    });
    this.#module.expectOddProperties(oddPropertiesIn(bundle.code));
    this.#module.shareProxies(proxyRegistry());
    this.#module.installGlobals(this.#realm.global, this.environment);
    this.#module.safeEvaluation(this.#realm.global, withoutImports);
    this.#module.lockBuiltins(this.#realm.global);
    this.Function = this.#realm.global.Function;
    this.#builtins = new this.#module.BuiltinWatch(this.#realm.global);
    this.runtime = this.#module.createRuntime({
      ...runtimeOptions,
      environment: this.environment,
      builtins: this.#builtins,
      evaluate: (expression) => this.#realm.evaluate(`(${expression}\n)`, HOST_URL),
    });
    Object.defineProperty(this.#realm.global, 'PortalsJS', {
      value: this.runtime.PortalsJS,
      writable: true,
      configurable: true,
    });
  }

  /** Runs `action` so that the clock and the random numbers it uses are not the program's. */
  apart<Result>(action: () => Result): Result {
    const saved = this.environment.save();
    try {
      return action();
    } finally {
      this.environment.restore(saved);
    }
  }

  /** The realm's own constructor of functions, whatever the program made of the global. */
  readonly Function: FunctionConstructor;

  /** The class of the errors by which the runtime refuses what a program asks for. */
  get errorClass(): object {
    return this.#module.PortalsError;
  }

  /** Declares a variable that all code of the realm can name, and no code can list. */
  declare(name: string, value: unknown): void {
    const assign = this.#realm.evaluate(`let ${name}; (value) => { ${name} = value; }`, HOST_URL);
    (assign as (value: unknown) => void)(value);
  }

  /** The global object that the program sees. */
  get global(): object {
    return this.#realm.global;
  }

  /**
   * Evaluates the program. If it did not drive `System()` itself, launches the applications that
   * it exports, without running them.
   *
   * @throws ProgramError when the program throws, or has nothing to run.
   */
  load(): void {
    const { simulator } = this.runtime;
    const exported = this.#guard(() => this.#applicationsOf(this.#evaluate()));
    if (simulator.driven) return;
    // A program may launch what it exports, and leave the stepping to its host.
    const launched = new Set(this.#launchedPaths());
    this.#guard(() => {
      for (const each of exported) if (!launched.has(each.path)) simulator.launch(each);
    });
    if (this.#launchedPaths().length === 0) {
      throw new ProgramError([{ ...EMPTY, source: this.#start }]);
    }
  }

  /**
   * Runs what {@link load} launched to its end. A program that drives itself has run by then; what
   * it leaves uncommitted is committed. Then the promise jobs that handlers left run, as they do
   * at the end of a program that drives itself.
   */
  run(): void {
    const { simulator } = this.runtime;
    this.#guard(() => {
      if (simulator.driven) simulator.finish();
      else this.#watchJobs(() => simulator.stepUntilComplete());
      this.#runPromiseJobs();
    });
  }

  /** Loads and runs. */
  complete(): void {
    this.load();
    this.run();
  }

  /** What the program threw, or rejected a promise with, as an error with its position. */
  errorOf(thrown: unknown): ProgramError {
    const diagnostic = diagnoseThrown(thrown, this.positions);
    return new ProgramError([{ source: this.#start, ...diagnostic }], { cause: thrown });
  }

  /** Where to point when nothing better is known. */
  get #start(): SourcePosition {
    return { file: this.#bundle.program, line: 1, column: 1 };
  }

  #evaluate(): unknown {
    const main = this.#realm.evaluate(this.#bundle.code, PROGRAM_URL) as (
      ...values: unknown[]
    ) => unknown;
    const module = this.#realm.evaluate('({ exports: {} })', HOST_URL) as { exports: unknown };
    return this.#watchJobs(() => {
      const exported = main(this.runtime.PortalsJS, module, module.exports);
      this.#runPromiseJobs();
      return exported;
    });
  }

  /** Promise jobs run at the end of each evaluation, as they would at the end of a script. */
  #runPromiseJobs(): void {
    this.#realm.evaluate('undefined', HOST_URL);
  }

  #watchJobs<Result>(action: () => Result): Result {
    if (this.#onPromiseJob === undefined) return action();
    const { simulator } = this.runtime;
    return reportPromiseJobs(action, simulator, this.positions, this.#onPromiseJob);
  }

  /**
   * The applications among the exports: the module itself, or what it or its lists hold; in the
   * order of their builders in the source, because a module's exports are sorted by name.
   */
  #applicationsOf(exported: unknown): Exported[] {
    const isObject = typeof exported === 'object' && exported !== null;
    const candidates = [exported, ...(isObject ? Object.values(exported) : [])].flat();
    const { isApplication } = this.#module;
    const applications = [...new Set(candidates.filter(isApplication))] as Exported[];
    return applications.sort((one, other) => positionIn(one) - positionIn(other));
  }

  #launchedPaths(): string[] {
    return this.runtime.simulator.inspect.topology().applications.map(({ path }) => path);
  }

  #guard<Result>(action: () => Result): Result {
    try {
      const result = action();
      this.#builtins.check();
      return result;
    } catch (thrown) {
      if (thrown instanceof ProgramError) throw thrown;
      throw this.errorOf(this.#causeOf(thrown));
    }
  }

  /** A built-in that was replaced, where there is one: it may be why the runtime failed. */
  #causeOf(thrown: unknown): unknown {
    try {
      this.#builtins.check();
      return thrown;
    } catch (overridden) {
      return overridden;
    }
  }
}

/** An application, as far as a host looks into it. */
interface Exported {
  readonly path: string;
  readonly site: CallSite | undefined;
}

/** More columns than a line of a bundle has. */
const COLUMNS_MAX = 2 ** 24;

function positionIn({ site }: Exported): number {
  return site === undefined ? 0 : site.line * COLUMNS_MAX + site.column;
}

/**
 * Which odd properties a program may make, judged by its text without the helpers that the bundler
 * puts at its beginning. In doubt it may.
 */
function oddPropertiesIn(code: string): OddProperties {
  const own = code.slice(code.search(/^\/\/ [^\n]*\.\w+$/m) + 1);
  const any = /\b(?:Reflect|eval|Function)\b|\bObject\b(?!\s*\.\s*\w)/.test(own);
  return {
    defined: any || /\bdefinePropert|__define[GS]etter__|\bObject\.create\(/.test(own),
    accessors: any || /\b[gs]et\s+[\w$"'[]/.test(own),
    symbols: any || /Symbol/.test(own),
  };
}

/** Names the few words that the host itself evaluates. A frame of theirs is never a call site. */
const HOST_URL = `host/${RUNTIME_URL}`;

const EMPTY: Diagnostic = {
  code: 'PORTALS_PROGRAM_EMPTY',
  message:
    'the program launches no application. Export one (`export default builder.build()`), or ' +
    'launch it: `const system = PortalsJS.System(); system.launch(app); system.stepUntilComplete()`.',
};
