import {
  type Activity,
  activityText,
  type Diagnostic,
  detailLines,
  formatDiagnostic,
  type LeftoverReport,
  type Positions,
} from '../program/index.ts';
import { type Effect, formatFault, type Inspector, type Notice } from '../runtime/index.ts';
import { diagnosticOf, diagnosticOfLeftover, type Report } from './report.ts';
import type { Sink } from './sink.ts';

/** Logged lines as `PATH - MESSAGE` and printed text on stdout, everything else on stderr. */
export class TextReport implements Report {
  positions: Positions | undefined;
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  notice(notice: Notice): void {
    switch (notice.kind) {
      case 'committed':
        for (const effect of notice.effects) this.#effect(effect);
        break;
      case 'output':
        if (notice.outside) this.#print(notice);
        break;
      case 'crashed':
        this.#sink.err(
          `step ${notice.step}: ${formatFault(notice.fault)} triggered; it rolls ${notice.outcome}`,
        );
        break;
      case 'recovered':
        this.#sink.err(`step ${notice.step}: ${notice.unit} recovered`);
        break;
      case 'failed':
        this.diagnostic(diagnosticOf(notice.error, this.positions));
        break;
      case 'retried':
        this.#retried(notice);
        break;
    }
  }

  diagnostic(diagnostic: Diagnostic): void {
    this.#sink.err(formatDiagnostic(diagnostic, process.cwd()));
    for (const line of detailLines(diagnostic)) this.#sink.err(line);
  }

  violation(diagnostic: Diagnostic): void {
    this.#sink.err(`violation: ${formatDiagnostic(diagnostic, process.cwd())}`);
  }

  warning(diagnostic: Diagnostic): void {
    this.#sink.err(`warning: ${formatDiagnostic(diagnostic, process.cwd())}`);
  }

  stopped(inspect: Inspector, activity: Activity | undefined): void {
    const why = activity === undefined ? '' : `: ${activityText(activity)}`;
    this.#sink.err(`stopped after ${counted(inspect.status().step, 'step')}${why}`);
  }

  leftovers({ lines, more }: LeftoverReport): void {
    for (const line of lines) {
      const diagnostic = diagnosticOfLeftover(line, this.positions);
      this.#sink.err(`left: ${formatDiagnostic(diagnostic, process.cwd())}`);
    }
    if (more > 0) this.#sink.err(`left: and ${more} more`);
  }

  done(inspect: Inspector): void {
    this.#sink.err(summary(inspect));
  }

  deterministic(inspect: Inspector): void {
    this.#sink.err(`both runs are the same: ${summary(inspect)}`);
  }

  #effect(effect: Effect): void {
    if (effect.kind === 'error') this.diagnostic(diagnosticOf(effect.error, this.positions));
    if (effect.kind === 'log') {
      this.#sink.out(`${effect.path} - ${effect.message}`);
    }
    if (effect.kind === 'output') this.#print(effect);
  }

  #retried({ step, unit, error, retry, of }: Extract<Notice, { kind: 'retried' }>): void {
    const text = formatDiagnostic(diagnosticOf(error, this.positions), process.cwd());
    this.#sink.err(`step ${step}: retry ${retry} of ${of} of ${unit} after ${text}`);
  }

  /** What the program prints by itself, as an error if it says so. */
  #print({ text, level }: { readonly text: string; readonly level?: 'stderr' }): void {
    if (level === 'stderr') this.#sink.err(text);
    else this.#sink.out(text);
  }
}

function summary(inspect: Inspector): string {
  const { step, totals } = inspect.status();
  return [
    counted(step, 'step'),
    counted(totals.atoms, 'atom'),
    counted(totals.events, 'event'),
    counted(inspect.continuations().length, 'pending continuation'),
    `state ${inspect.stateHash()}`,
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
