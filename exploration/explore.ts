import type { Bundle } from '../program/index.ts';
import { formatFault, type RunOptions } from '../runtime/index.ts';
import { type Execution, execute } from './execution.ts';
import { unexplained, violationsOf } from './oracle/oracle.ts';
import type { Violation } from './oracle/violation.ts';
import { planOf, type Strategy } from './plan.ts';

/** What bounds and directs an exploration. */
export interface ExplorationOptions {
  readonly strategy: Strategy;
  readonly seed: number;
  /** At most so many runs. */
  readonly runs?: number;
  /** At most so many milliseconds, as {@link elapsedMs} counts them. */
  readonly budgetMs?: number;
  /** Milliseconds since the exploration began. */
  readonly elapsedMs: () => number;
  /** Steps after which a run counts as endless. */
  readonly maxSteps: number;
  /** Only every `count`-th run of the plan, from the `index`-th (0-based) on. */
  readonly shard: { readonly index: number; readonly count: number };
  /** Whether to look for fewer crashes that break the same rule. */
  readonly shrink: boolean;
  readonly onProgress?: (report: Report) => void;
}

/** A violation and the run that shows it. */
export interface Finding {
  readonly violation: Violation;
  readonly options: RunOptions;
  /** What happened, in five lines. */
  readonly story: readonly string[];
}

/** What an exploration has found so far. */
export interface Report {
  readonly executions: number;
  /** Distinct sequences of decisions. */
  readonly schedules: number;
  /** Pairs of a unit or task and a protocol point at which a crash happened. */
  readonly covered: number;
  /** Pairs of a unit or task and a protocol point that any schedule passes. */
  readonly passed: number;
  readonly findings: readonly Finding[];
  /** Whether the plan came to its end; otherwise the budget did. */
  readonly exhausted: boolean;
}

/** Runs the program under many schedules and crashes, and checks each run. */
export function explore(bundle: Bundle, runtimeCode: string, options: ExplorationOptions): Report {
  return new Exploration(bundle, runtimeCode, options).run();
}

/** What is wrong with the run with `options`, compared with the same run without its crashes. */
export function check(bundle: Bundle, runtimeCode: string, options: RunOptions): Violation[] {
  return checkExecution(bundle, runtimeCode, execute(bundle, runtimeCode, options));
}

/** What {@link check} finds, for a run that has been recorded already. */
export function checkExecution(
  bundle: Bundle,
  runtimeCode: string,
  execution: Execution,
): Violation[] {
  const { options } = execution;
  if (options.faults.length === 0) return violationsOf(execution);
  const explaining = execute(bundle, runtimeCode, { ...options, faults: [] });
  return [...violationsOf(explaining), ...unexplained(execution, explaining)];
}

class Exploration {
  readonly #bundle: Bundle;
  readonly #runtimeCode: string;
  readonly #options: ExplorationOptions;
  readonly #explaining = new Map<string, Execution>();
  readonly #schedules = new Set<string>();
  readonly #covered = new Set<string>();
  readonly #passed = new Set<string>();
  readonly #findings = new Map<string, Finding>();
  #executions = 0;

  constructor(bundle: Bundle, runtimeCode: string, options: ExplorationOptions) {
    this.#bundle = bundle;
    this.#runtimeCode = runtimeCode;
    this.#options = options;
  }

  run(): Report {
    const { strategy, seed, shard, onProgress } = this.#options;
    const plan = planOf(strategy, seed, (options) => this.#explain(options).passings);
    let planned = -1;
    for (const options of plan) {
      planned += 1;
      if (planned % shard.count !== shard.index) continue;
      if (this.#isSpent()) return this.#report(false);
      this.#try(options);
      onProgress?.(this.#report(false));
    }
    return this.#report(true);
  }

  #isSpent(): boolean {
    const { runs = Infinity, budgetMs = Infinity, elapsedMs } = this.#options;
    return this.#executions >= runs || elapsedMs() >= budgetMs;
  }

  #try(options: RunOptions): void {
    for (const violation of this.#violations(options)) {
      const { rule, path } = violation;
      const id = `${rule} ${path}`;
      if (this.#findings.has(id)) continue;
      const shrunk = this.#options.shrink ? this.#shrink(options, violation) : options;
      this.#findings.set(id, {
        violation,
        options: { ...shrunk, maxSteps: this.#options.maxSteps },
        story: storyOf(violation, shrunk),
      });
    }
  }

  #violations(options: RunOptions): Violation[] {
    const explaining = this.#explain(options);
    if (options.faults.length === 0) return violationsOf(explaining);
    const execution = this.#execute(options);
    for (const { fault } of execution.crashes) this.#covered.add(fault.target + fault.point);
    return unexplained(execution, explaining);
  }

  /** The run without crashes under the same schedule, which all runs with crashes share. */
  #explain(options: RunOptions): Execution {
    const id = `${options.schedule} ${options.seed}`;
    const known = this.#explaining.get(id);
    if (known !== undefined) return known;
    const execution = this.#execute({ ...options, faults: [] }, true);
    this.#explaining.set(id, execution);
    this.#schedules.add(execution.decisions.join('\n'));
    for (const { target, point } of execution.passings) this.#passed.add(target + point);
    return execution;
  }

  #execute(options: RunOptions, passings = false): Execution {
    this.#executions += 1;
    const { maxSteps } = this.#options;
    return execute(this.#bundle, this.#runtimeCode, { ...options, maxSteps, passings });
  }

  /** The run without those crashes that are not needed to break the same rule at the same path. */
  #shrink(options: RunOptions, { rule, path }: Violation): RunOptions {
    let smallest = options;
    for (const fault of options.faults) {
      const fewer = { ...smallest, faults: smallest.faults.filter((each) => each !== fault) };
      const found = this.#violations(fewer);
      if (found.some((each) => each.rule === rule && each.path === path)) smallest = fewer;
    }
    return smallest;
  }

  #report(exhausted: boolean): Report {
    return {
      executions: this.#executions,
      schedules: this.#schedules.size,
      covered: this.#covered.size,
      passed: this.#passed.size,
      findings: [...this.#findings.values()],
      exhausted,
    };
  }
}

function storyOf({ rule, path, step, difference }: Violation, options: RunOptions): string[] {
  const faults = options.faults.map(formatFault).join(' and ');
  return [
    `rule: ${rule}`,
    `where: ${path}${step === undefined ? '' : `, step ${step}`}`,
    `schedule: ${options.schedule}, seed ${options.seed}`,
    `crashes: ${faults || 'none'}`,
    `what: ${difference}`,
  ];
}
