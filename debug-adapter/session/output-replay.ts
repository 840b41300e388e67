import type { Moment } from '../../runtime/index.ts';
import type { OutputRecord } from '../agent/index.ts';
import type { Timeline } from '../time-travel/timeline.ts';
import type { RunEvents } from '../v8/run-events.ts';
import type { StatusReport } from './status-report.ts';

/** Emits the runs' output. After going back, it is the output up to there. */
export class OutputReplay {
  private readonly report: StatusReport;
  private readonly timeline: Timeline;
  private readonly events: RunEvents;

  constructor(report: StatusReport, timeline: Timeline, events: RunEvents) {
    this.report = report;
    this.timeline = timeline;
    this.events = events;
  }

  /** The active run wrote `records`. */
  onRecord(records: readonly OutputRecord[]): void {
    this.report.onRecord(records);
    for (const record of records) this.timeline.outputLog.add(record);
    this.events.onOutput(records);
  }

  /** The active run is now at `moment`. */
  goTo(moment: Moment): void {
    const { restart, items } = this.timeline.outputLog.goTo(moment);
    if (!restart && items.length === 0) return;
    if (restart) {
      this.report.reset();
      this.events.onOutputCleared('back');
    }
    this.report.onRecord(items);
    this.events.onOutput(items);
  }
}
