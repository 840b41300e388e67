import {
  type Activity,
  type Diagnostic,
  formatPosition,
  type LeftoverReport,
  type Positions,
} from '../program/index.ts';
import { type Effect, formatFault, type Inspector, type Notice, toJson } from '../runtime/index.ts';
import { diagnosticOf, diagnosticOfLeftover, type Report } from './report.ts';
import type { Sink } from './sink.ts';

/**
 * One object per line, each with `kind` and `step`. The kinds: `log`, `output`, `atom`, `seal`,
 * `fault`, `recovered`, `retry`, `violation`, `error`, `warning`, `stopped`, `left`, and last
 * `done`. What an aborted attempt did is not reported.
 */
export class JsonReport implements Report {
  positions: Positions | undefined;
  readonly #sink: Sink;
  #step = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  notice(notice: Notice): void {
    if ('step' in notice) this.#step = notice.step;
    switch (notice.kind) {
      case 'committed':
        for (const effect of notice.effects) this.#effect(effect);
        break;
      case 'output':
        if (notice.outside) this.#output(notice);
        break;
      case 'crashed': {
        const { fault, unit, outcome } = notice;
        this.#line('fault', { fault: formatFault(fault), unit, point: fault.point, outcome });
        break;
      }
      case 'recovered':
        this.#line('recovered', { unit: notice.unit, outcome: notice.outcome });
        break;
      case 'retried': {
        const { unit, error, retry, of } = notice;
        this.#line('retry', { unit, retry, of, ...plain(diagnosticOf(error, this.positions)) });
        break;
      }
      case 'failed':
        this.diagnostic(diagnosticOf(notice.error, this.positions));
        break;
    }
  }

  diagnostic(diagnostic: Diagnostic): void {
    this.#line('error', plain(diagnostic));
  }

  violation(diagnostic: Diagnostic): void {
    this.#line('violation', plain(diagnostic));
  }

  warning(diagnostic: Diagnostic): void {
    this.#line('warning', plain(diagnostic));
  }

  stopped(inspect: Inspector, activity: Activity | undefined): void {
    const { step } = inspect.status();
    this.#step = step;
    this.#line('stopped', { reason: 'max-steps', steps: step, ...activity });
  }

  leftovers({ lines, more }: LeftoverReport): void {
    for (const line of lines) {
      const { site: _site, what, code, message, ...fields } = line;
      const details = plainDetails(diagnosticOfLeftover(line, this.positions));
      this.#line('left', { what, code, message, ...fields, ...details });
    }
    if (more > 0) this.#line('left', { what: 'more', count: more });
  }

  done(inspect: Inspector): void {
    const { step, totals } = inspect.status();
    this.#step = step;
    this.#line('done', {
      steps: step,
      atoms: totals.atoms,
      events: totals.events,
      pendingContinuations: inspect.continuations().length,
      stateHash: inspect.stateHash(),
    });
  }

  deterministic(inspect: Inspector): void {
    this.done(inspect);
  }

  #effect(effect: Effect): void {
    switch (effect.kind) {
      case 'log':
        this.#line('log', {
          path: effect.path,
          message: effect.message,
          ...('value' in effect && { value: toJson(effect.value) }),
        });
        break;
      case 'output':
        this.#output(effect);
        break;
      case 'error':
        this.diagnostic(diagnosticOf(effect.error, this.positions));
        break;
      case 'atom': {
        const { stream, index, error } = effect;
        const events = effect.events.map(({ key, value }) => ({
          key: toJson(key),
          value: toJson(value),
        }));
        if (events.length > 0 || !effect.seal || error !== undefined) {
          this.#line('atom', { stream, index, events, ...(error !== undefined && { error }) });
        }
        if (effect.seal) this.#line('seal', { stream });
        break;
      }
    }
  }

  #output({ text, level }: { readonly text: string; readonly level?: 'stderr' }): void {
    this.#line('output', { text: text, ...(level && { level }) });
  }

  #line(kind: string, fields: object): void {
    this.#sink.out(JSON.stringify({ kind, step: this.#step, ...fields }));
  }
}

function plain({ code, message, path, ...details }: Diagnostic): object {
  return { code, message, ...(path !== undefined && { path }), ...plainDetails(details) };
}

function plainDetails({ source, inner = [] }: Pick<Diagnostic, 'source' | 'inner'>): object {
  const below = inner.map(({ relation, message, ...details }) => {
    return { relation, message, ...plainDetails(details) };
  });
  return {
    ...(source && { source: formatPosition(source, process.cwd()) }),
    ...(below.length > 0 && { inner: below }),
  };
}
