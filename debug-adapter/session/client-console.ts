import type { OutputRecord } from '../agent/index.ts';
import type { SendEvent } from '../dap/connection.ts';
import type { ClearReason } from '../v8/run-events.ts';
import type { Sources } from '../v8/script/sources.ts';
import { clearOutput, OutputFormatter, type PositionOf, type SiteOf } from './output-formatter.ts';

/** The client's Debug Console, as far as the program writes to it. */
export class ClientConsole {
  private readonly sendEvent: SendEvent;
  private readonly newFormatter: () => OutputFormatter;
  private formatter: OutputFormatter;

  /** See {@link OutputFormatter} for `siteOf` and `breakpointAt`. */
  constructor(sendEvent: SendEvent, sources: Sources, siteOf: SiteOf, breakpointAt: PositionOf) {
    this.sendEvent = sendEvent;
    this.newFormatter = () => new OutputFormatter(sources, siteOf, breakpointAt);
    this.formatter = this.newFormatter();
  }

  write(records: readonly OutputRecord[]): void {
    for (const record of records) this.sendEvent('output', this.formatter.format(record));
  }

  /** Withdraws what was written; a client that cannot clear its console gets a line instead. */
  clear(why: ClearReason, clears: boolean): void {
    this.formatter = this.newFormatter();
    this.sendEvent('output', clearOutput(clears, why));
  }
}
