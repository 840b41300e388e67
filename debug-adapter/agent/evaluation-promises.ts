import { promiseHooks } from 'node:v8';

/**
 * Separates promises that the user's expressions create (in the Debug Console, watches, conditions,
 * log messages) from those of the program. A rejection that the program does not handle ends the
 * run, one of an expression does not.
 *
 * A promise belongs to an expression if it is created while the expression is evaluated, or in a
 * job of such a promise, or from such a promise, as by `then`.
 */
export class EvaluationPromises {
  private readonly own = new WeakSet<Promise<unknown>>();
  private evaluating = false;
  private inOwnJob = false;
  private isInstalled = false;

  /** Runs `action`, an expression of the user. */
  during<Result>(action: () => Result): Result {
    const before = this.evaluating;
    this.begin();
    try {
      return action();
    } finally {
      this.evaluating = before;
    }
  }

  /** For expressions that V8 evaluates by itself, between this call and {@link end}. */
  begin(): void {
    this.evaluating = true;
    if (this.isInstalled) return;
    // Not before the first expression, because hooks slow down every promise.
    this.isInstalled = true;
    promiseHooks.createHook({
      init: (promise, parent) => this.onCreated(promise, parent as Promise<unknown> | undefined),
      before: (promise) => {
        this.inOwnJob = this.own.has(promise);
      },
      after: () => {
        this.inOwnJob = false;
      },
    });
  }

  /** Also ends an expression that V8 has terminated, in which no `finally` runs. */
  end(): void {
    this.evaluating = false;
  }

  /** Whether `promise` belongs to an expression of the user. */
  has(promise: Promise<unknown>): boolean {
    return this.own.has(promise);
  }

  private onCreated(promise: Promise<unknown>, parent: Promise<unknown> | undefined): void {
    const isDerived = parent !== undefined && this.own.has(parent);
    if (this.evaluating || this.inOwnJob || isDerived) this.own.add(promise);
  }
}
