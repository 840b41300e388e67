/** How long one condition or log message may take. */
const LIMIT_MS = 1000;

/** A look at the clock costs more than a round of a small loop. */
const CHECKS_PER_LOOK = 1024;

/** The time that one condition has, as far as it asks for it. */
export class TimeLimit {
  private end = Number.POSITIVE_INFINITY;
  private checks = 0;
  /** Stays so until the next beginning, so that a condition which catches the error ends too. */
  isPassed = false;

  begin(): void {
    this.isPassed = false;
    this.checks = 0;
    this.end = Number.POSITIVE_INFINITY;
  }

  /** @throws Error when the time is over. */
  check(): void {
    if (!this.isPassed) {
      if (++this.checks % CHECKS_PER_LOOK !== 0) return;
      const now = performance.now();
      if (this.checks === CHECKS_PER_LOOK) this.end = now + LIMIT_MS;
      if (now < this.end) return;
      this.isPassed = true;
    }
    throw new Error(`it took longer than ${LIMIT_MS / 1000} s, and is asked no more`);
  }
}
