/** A step usually ends earlier; only a longer one is reported as running. */
const REPORTED_AFTER_MS = 100;

/** Reports that the program runs, once it has run for a while. */
export class DelayedReport {
  private timer: NodeJS.Timeout | undefined;

  /** The program runs from now on; an earlier report that is still due is dropped. */
  begin(report: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(report, REPORTED_AFTER_MS).unref();
  }
}
