/**
 * One call that may run the author's code and so may never come back. V8 ends an expression after a
 * time, but no call; so the debugger brings the call, has an expression do it, and fetches what
 * came of it.
 */
export class GuardedCall {
  private job: (() => unknown) | undefined;
  private result: unknown;

  bring(job: () => unknown): void {
    this.job = job;
  }

  run(): void {
    const { job } = this;
    this.job = undefined;
    this.result = undefined;
    this.result = job?.();
  }

  /** What came of it, once. */
  fetch(): unknown {
    const { result } = this;
    this.result = undefined;
    return result;
  }
}
