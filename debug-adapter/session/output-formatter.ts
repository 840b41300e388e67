import type { DebugProtocol } from '@vscode/debugprotocol';
import {
  type Diagnostic,
  detailLines,
  formatDiagnostic,
  formatPosition,
  innerDiagnostics,
  type SourcePosition,
} from '../../program/index.ts';
import type { CallSite, Path } from '../../runtime/index.ts';
import type { Ending, ErrorText, LastSeen, OutputRecord } from '../agent/index.ts';
import type { ClearReason } from '../v8/run-events.ts';
import { type Sources, sourceOf } from '../v8/script/sources.ts';

export type OutputBody = DebugProtocol.OutputEvent['body'];
type Category = 'stdout' | 'stderr' | 'console' | 'important';

/** Stands before lines that a step writes again after it was rolled back. */
const REPLAYED = '↻ ';

/** Erases the display, on terminals and in consoles that know their sequences (ECMA-48, ED 2). */
const CLEAR_CONSOLE = '\u001b[2J';

const WITHDRAWN: Readonly<Record<ClearReason, string>> = {
  back: '⏪ Back in the past; what had been written by then:',
  reloaded: '↻ Reloaded; what the program writes now:',
};

/** Clears the console; a client that cannot clear it gets a line that says why. */
export function clearOutput(clears: boolean, why: ClearReason): OutputBody {
  if (!clears) return outputOf('console', WITHDRAWN[why]);
  return { category: 'console', output: CLEAR_CONSOLE };
}

/** The builder call of an element. */
export type SiteOf = (path: Path) => CallSite | undefined;

/** The source position of a breakpoint, by its number. */
export type PositionOf = (id: number) => Omit<SourcePosition, 'column'> | undefined;

/** Formats the output of a run for the Debug Console, with links to the sources. */
export class OutputFormatter {
  /** How many lines each step has written that may still be withdrawn. */
  private readonly written = new Map<number, number>();
  private readonly sources: Sources;
  private readonly siteOf: SiteOf;
  private readonly breakpointAt: PositionOf;

  /** `siteOf` gives an element's source position, `breakpointAt` that of a breakpoint. */
  constructor(sources: Sources, siteOf: SiteOf, breakpointAt: PositionOf) {
    this.sources = sources;
    this.siteOf = siteOf;
    this.breakpointAt = breakpointAt;
  }

  format(item: OutputRecord): OutputBody {
    switch (item.kind) {
      case 'log':
        // A logger() logs from within the runtime; it is the builder's call that is worth a look.
        return this.line(`${item.path} - ${item.message}`, item, this.siteOf(item.path));
      case 'output':
        return this.line(this.sources.positions.linked(item.text), item);
      case 'crashed':
        return outputOf(
          'console',
          `✖ ${item.unit} crashes at ${item.fault.point} in step ${item.step}`,
        );
      case 'aborted':
        return outputOf('console', this.markedRewritten(item.unit, item.step, item.toStep));
      case 'recovered': {
        const way = item.outcome === 'back' ? `continues from step ${item.step}` : 'rolls forward';
        return outputOf('console', `✔ ${item.unit} has recovered and ${way}`);
      }
      case 'retried': {
        const { unit, step, retry, of, error } = item;
        const what = `retry ${retry} of ${of} of ${unit} in step ${step}`;
        return outputOf('console', `↻ ${what}, because a handler threw ${error.message}`);
      }
      case 'failed':
        return outputOf('stderr', `${item.unit} is stopped by an error: ${item.error.message}`);
      case 'diverged':
        return this.error({ message: item.error.message }, this.siteOf(item.unit));
      case 'handler-error':
        return this.error(item.error);
      case 'logpoint':
        return this.at(outputOf('console', item.text), this.breakpointAt(item.breakpoint));
      case 'evaluation-rejected':
        return outputOf('stderr', `Uncaught (in promise) ${item.text}`);
      case 'condition-failed':
        return this.at(
          outputOf('stderr', `A breakpoint's condition fails: ${item.text}`),
          this.breakpointAt(item.breakpoint),
        );
    }
  }

  private line(
    line: string,
    about: { readonly step: number; readonly attempt: number; readonly site?: CallSite },
    elsewhere?: CallSite,
  ): OutputBody {
    this.written.set(about.step, (this.written.get(about.step) ?? 0) + 1);
    // Steps are committed in order; only the latest can be rolled back.
    if (this.written.size > STEPS_REMEMBERED_MAX) this.forgetOldest();
    const mark = about.attempt > 1 ? REPLAYED : '';
    return this.at(outputOf('stdout', mark + line), this.sources.ofSite(about.site ?? elsewhere));
  }

  private forgetOldest(): void {
    const [oldest] = this.written.keys();
    if (oldest !== undefined) this.written.delete(oldest);
  }

  private markedRewritten(unit: string, step: number, toStep: number): string {
    let lines = 0;
    for (const [each, count] of this.written) {
      if (each < toStep) continue;
      lines += count;
      this.written.delete(each);
    }
    const what = lines === 0 ? '' : `; ${lines} line${lines === 1 ? '' : 's'} above withdrawn`;
    const until = step === toStep ? `step ${step} is rolled back` : `rolled back to step ${toStep}`;
    return `↶ ${unit}: ${until}${what}`;
  }

  private error(error: Pick<ErrorText, 'message' | 'stack' | 'inner' | 'site'>, unit?: CallSite) {
    const { message, stack = '', inner, site = unit } = error;
    const { positions } = this.sources;
    const details = { stack: positions.frames(stack), ...innerDiagnostics(inner, positions) };
    const position = positions.ofStack(stack) ?? this.sources.ofSite(site);
    const where = position ? `${formatPosition(position)}: ` : '';
    const text = [`${where}${message}`, ...detailLines(details)].join('\n');
    return this.at(outputOf('stderr', text), position);
  }

  private at(output: OutputBody, position: Omit<SourcePosition, 'column'> | undefined): OutputBody {
    if (!position) return output;
    return { ...output, source: this.sources.sourceOf(position.file), line: position.line };
  }
}

const STEPS_REMEMBERED_MAX = 1000;

/** How a run ended, in words. */
export function exitText(ending: Exclude<Ending, { kind: 'failed' }>): string {
  const steps = `${ending.step} step${ending.step === 1 ? '' : 's'}`;
  switch (ending.kind) {
    case 'complete':
      return `Complete after ${steps}: nothing is left to do`;
    case 'max-steps':
      return `Stopped after ${steps}, as 'maxSteps' says`;
    case 'program-ended':
      return `The program ended after ${steps}; it does not run the system any further`;
  }
}

/** A program's error with its position as a link. */
export function diagnosticOutput(diagnostic: Diagnostic): OutputBody {
  const { source } = diagnostic;
  const lines = [formatDiagnostic(diagnostic), ...detailLines(diagnostic)];
  const output = outputOf('stderr', lines.join('\n'));
  return source ? { ...output, source: sourceOf(source.file), line: source.line } : output;
}

/** Where the program was when its heap was full. */
export function outOfMemoryText(seen: LastSeen | undefined): string {
  if (!seen) return 'The program has run out of memory';
  const event = seen.index < 0 ? '' : `event ${seen.index + 1} of `;
  return `The program has run out of memory in ${seen.path}, ${event}step ${seen.step}`;
}

export function outputOf(category: Category, line: string): OutputBody {
  return { category, output: `${line}\n` };
}
