import type { Moment, Path } from '../../runtime/index.ts';
import type { Told } from '../agent/index.ts';
import type { Recording } from '../time-travel/timeline.ts';
import { Console } from './output-formatter.ts';
import type { ProgramImage } from './program-image.ts';
import type { ExecutionListener } from './run-events.ts';
import type { StatusReport } from './status-report.ts';

type BreakpointAt = ConstructorParameters<typeof Console>[2];
type Ear = Pick<ExecutionListener, 'onOutput' | 'onOutputWithdrawn'>;

/** Passes on what a program's runs tell; going back, the console is as it was then. */
export class Narration {
  private console: Console;
  private readonly image: ProgramImage;
  private readonly report: StatusReport;
  private readonly recording: Recording;
  private readonly breakpointAt: BreakpointAt;
  private readonly ear: Ear;

  constructor(
    image: ProgramImage,
    report: StatusReport,
    recording: Recording,
    breakpointAt: BreakpointAt,
    ear: Ear,
  ) {
    this.image = image;
    this.report = report;
    this.recording = recording;
    this.breakpointAt = breakpointAt;
    this.ear = ear;
    this.console = this.newConsole();
  }

  /** The run that tells now has told `items`. */
  hear(items: readonly Told[]): void {
    this.report.hear(items);
    for (const item of items) {
      this.recording.told.add(item);
      this.ear.onOutput(this.console.show(item));
    }
  }

  /** From now on a run tells that stands at `moment`. */
  goTo(moment: Moment): void {
    const { anew, items } = this.recording.told.goTo(moment);
    if (!anew && items.length === 0) return;
    if (anew) {
      this.report.forget();
      this.console = this.newConsole();
      this.ear.onOutputWithdrawn('back');
    }
    this.report.hear(items);
    for (const item of items) this.ear.onOutput(this.console.show(item));
  }

  private newConsole(): Console {
    const { report, image } = this;
    const siteOf = (path: Path) => report.topology.nodes.find((node) => node.path === path)?.site;
    return new Console(image.sources, siteOf, this.breakpointAt);
  }
}
