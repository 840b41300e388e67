import type { Moment, Path } from '../../runtime/index.ts';
import type { OutputRecord } from '../agent/index.ts';
import type { Timeline } from '../time-travel/timeline.ts';
import type { ProgramImage } from '../v8/script/program-image.ts';
import { OutputFormatter } from './output-formatter.ts';
import type { RunEvents } from './run-events.ts';
import type { StatusReport } from './status-report.ts';

type BreakpointAt = ConstructorParameters<typeof OutputFormatter>[2];
type Ear = Pick<RunEvents, 'onOutput' | 'onOutputCleared'>;

/** Sends the runs' output. After going back, the console shows the output up to there. */
export class OutputReplay {
  private formatter: OutputFormatter;
  private readonly image: ProgramImage;
  private readonly report: StatusReport;
  private readonly timeline: Timeline;
  private readonly breakpointAt: BreakpointAt;
  private readonly ear: Ear;

  constructor(
    image: ProgramImage,
    report: StatusReport,
    recording: Timeline,
    breakpointAt: BreakpointAt,
    ear: Ear,
  ) {
    this.image = image;
    this.report = report;
    this.timeline = recording;
    this.breakpointAt = breakpointAt;
    this.ear = ear;
    this.formatter = this.newConsole();
  }

  /** The active run wrote `items`. */
  onRecord(items: readonly OutputRecord[]): void {
    this.report.onRecord(items);
    for (const item of items) {
      this.timeline.outputLog.add(item);
      this.ear.onOutput(this.formatter.format(item));
    }
  }

  /** The active run is now at `moment`. */
  goTo(moment: Moment): void {
    const { restart, items } = this.timeline.outputLog.goTo(moment);
    if (!restart && items.length === 0) return;
    if (restart) {
      this.report.reset();
      this.formatter = this.newConsole();
      this.ear.onOutputCleared('back');
    }
    this.report.onRecord(items);
    for (const item of items) this.ear.onOutput(this.formatter.format(item));
  }

  private newConsole(): OutputFormatter {
    const { report, image } = this;
    const siteOf = (path: Path) => report.topology.nodes.find((node) => node.path === path)?.site;
    return new OutputFormatter(image.sources, siteOf, this.breakpointAt);
  }
}
