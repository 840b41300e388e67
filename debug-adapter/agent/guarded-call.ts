import type { EvaluationPromises } from './evaluation-promises.ts';

/**
 * A call that can run the author's code and therefore may not terminate. While paused, V8 enforces
 * a timeout only for `evaluateOnCallFrame`. So the debugger stores the call here, runs it by an
 * expression with a timeout, and then fetches the result.
 */
export class GuardedCall {
  private job: (() => unknown) | undefined;
  private result: unknown;
  private readonly promises: EvaluationPromises;

  constructor(promises: EvaluationPromises) {
    this.promises = promises;
  }

  /** What an expression refers to that names a private member, which no function can. */
  held: { readonly self: unknown; readonly value: unknown } | undefined;

  hold(self: unknown, value: unknown): void {
    this.held = { self, value };
  }

  store(job: (...args: unknown[]) => unknown, self: unknown, args: readonly unknown[]): void {
    this.job = () => Reflect.apply(job, self, args);
  }

  run(): void {
    const { job } = this;
    this.job = undefined;
    this.result = undefined;
    if (job) this.result = this.promises.during(job);
  }

  /** Returns the result and drops it. */
  fetch(): unknown {
    const { result } = this;
    this.result = undefined;
    return result;
  }
}
