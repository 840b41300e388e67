import { type Bundle, Program } from '../program/index.ts';
import {
  type Effect,
  type Fault,
  type Inspector,
  type Notice,
  preview,
  type RunOptions,
  toJson,
} from '../runtime/index.ts';
import type { Violation } from './oracle/violation.ts';

/** What one run of a program did, as far as an observer of committed things sees it. */
export interface Execution {
  readonly options: RunOptions;
  /** The sequencing decisions: the labels of the steps in the order in which they first started. */
  readonly decisions: readonly string[];
  /** What was committed at each place (a stream, the log of a task, …), in order. */
  readonly observations: ReadonlyMap<string, readonly string[]>;
  /** Committed state by task, name and key when the run came to rest. */
  readonly state: ReadonlyMap<string, string>;
  /** The continuations that still wait for a reply then. */
  readonly pending: readonly string[];
  readonly stopped: boolean;
  /** The crashes that happened, and the step at which each did. */
  readonly crashes: readonly { readonly fault: Fault; readonly step: number }[];
  /** What was wrong already while it ran. */
  readonly violations: readonly Violation[];
  /** Every passing of a protocol point, if they were wanted. */
  readonly passings: readonly Fault[];
}

/** How to run a program once; `passings` asks for {@link Execution.passings}, which is slower. */
export interface ExecutionOptions extends RunOptions {
  readonly passings?: boolean;
}

/** Runs the program in a fresh realm to its end and records what it commits. */
export function execute(
  bundle: Bundle,
  runtimeCode: string,
  { passings = false, ...options }: ExecutionOptions,
): Execution {
  const recorder = new ExecutionRecorder(options);
  const program = new Program(bundle, runtimeCode, {
    ...options,
    detail: passings ? 'events' : 'steps',
    probe: (notice) => recorder.notice(notice),
  });
  program.complete();
  return recorder.end(program.runtime.simulator.inspect);
}

/** Records an execution from the notices of a run that has these options. */
export class ExecutionRecorder {
  readonly #options: RunOptions;
  readonly #decisions: string[] = [];
  readonly #observations = new Map<string, string[]>();
  readonly #crashes: { fault: Fault; step: number }[] = [];
  readonly #violations: Violation[] = [];
  readonly #passings: Fault[] = [];
  readonly #counts = new Map<string, number>();
  readonly #next = new Map<string, number>();
  #atBoundary = false;
  #stopped = false;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** The execution, once the run has come to its end. */
  end(inspect: Inspector): Execution {
    const entries = inspect.state({ count: Number.MAX_SAFE_INTEGER }).items;
    return {
      options: this.#options,
      decisions: this.#decisions,
      observations: this.#observations,
      crashes: this.#crashes,
      violations: this.#violations,
      passings: this.#passings,
      stopped: this.#stopped,
      state: new Map(
        entries.map(({ task, name, key, value }) => [
          `${task} ${name} ${textOf(key)}`,
          textOf(value),
        ]),
      ),
      pending: inspect
        .continuations()
        .map(({ task, portal, key, request }) =>
          [task, portal, textOf(key), textOf(request)].join(' '),
        ),
    };
  }

  notice(notice: Notice): void {
    switch (notice.kind) {
      case 'boundary':
        this.#atBoundary = true;
        break;
      case 'started':
        if (this.#atBoundary) this.#decisions.push(notice.choice.label);
        this.#atBoundary = false;
        break;
      case 'point':
        this.#pass(notice.unit, notice.point);
        break;
      case 'after-event':
        this.#pass(notice.site.task, 'process');
        break;
      case 'crashed':
        this.#crashes.push({ fault: notice.fault, step: notice.step });
        break;
      case 'diverged':
        this.#violate('re-execution', notice.unit, notice.step, notice.error.message);
        break;
      case 'failed':
        this.#violate('poison-atom', notice.unit, notice.step, notice.error.message);
        break;
      case 'committed':
        for (const effect of notice.effects) this.#commit(effect, notice.unit, notice.step);
        break;
      case 'output':
        if (notice.outside) this.#observe('the output of the program', notice.text);
        break;
      case 'rested':
        this.#stopped = notice.reason === 'max-steps';
        break;
    }
  }

  #commit(effect: Effect, unit: string, step: number): void {
    switch (effect.kind) {
      case 'atom': {
        const { stream, index, seal, error } = effect;
        this.#expectIndex(stream, index, step);
        const events = effect.events.map(({ key, value }) => `${textOf(key)}: ${preview(value)}`);
        const end = seal ? ' sealed' : '';
        this.#observe(`stream ${stream}`, `[${events.join(', ')}]${end}${error ?? ''}`);
        break;
      }
      case 'requests':
        this.#observe(`requests to ${effect.portal} from ${effect.from}`, String(effect.count));
        break;
      case 'replies':
        this.#observe(`replies of ${effect.portal} to ${effect.to}`, String(effect.count));
        break;
      case 'log':
        this.#observe(`the log of ${effect.path}`, effect.message);
        break;
      case 'output':
        this.#observe(`the output of ${unit}`, effect.text);
        break;
      case 'error':
        this.#observe(`the errors of ${unit}`, effect.error.message);
        this.#violate('poison-atom', effect.error.path ?? unit, step, effect.error.message);
        break;
    }
  }

  #expectIndex(stream: string, index: number, step: number): void {
    const expected = this.#next.get(stream) ?? index;
    this.#next.set(stream, index + 1);
    if (index === expected) return;
    this.#violate('indexes', stream, step, `atom ${index} follows atom ${expected - 1}`);
  }

  #pass(target: Fault['target'], point: Fault['point']): void {
    const occurrence = (this.#counts.get(target + point) ?? 0) + 1;
    this.#counts.set(target + point, occurrence);
    this.#passings.push({ kind: 'crash', target, point, occurrence });
  }

  #observe(place: string, text: string): void {
    const texts = this.#observations.get(place);
    if (texts === undefined) this.#observations.set(place, [text]);
    else texts.push(text);
  }

  #violate(rule: Violation['rule'], path: string, step: number, difference: string): void {
    this.#violations.push({ rule, path, step, difference });
  }
}

function textOf(value: unknown): string {
  return JSON.stringify(toJson(value)) ?? 'undefined';
}
