import type { ProgramEnvironment } from '../contracts/environment.ts';
import type { Effect, EventSite, Notice } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';
import type { AttemptTrace } from './attempts/attempt-trace.ts';
import type { Epoch } from './epoch.ts';
import type { Reply, Request } from './messages.ts';

/** A line that the run prints. */
export type OutputLine = Extract<Effect, { readonly kind: 'log' | 'output' | 'error' }>;

/** What a step under way has caused so far. */
export class StepEffects {
  #requests: Request[] | undefined;
  #replies: Reply[] | undefined;
  #lines: OutputLine[] | undefined;

  get requests(): readonly Request[] {
    return this.#requests ?? NO_REQUESTS;
  }

  get replies(): readonly Reply[] {
    return this.#replies ?? NO_REPLIES;
  }

  /** Log lines and the program's own output, in order. */
  get lines(): readonly OutputLine[] {
    return this.#lines ?? NO_LINES;
  }

  /** Starts over; arrays handed out before are not changed. */
  clear(): void {
    this.#requests = undefined;
    this.#replies = undefined;
    this.#lines = undefined;
  }

  // Most steps ask or reply once: an array made with one item is far smaller than one that grew.

  addRequest(request: Request): void {
    if (this.#requests === undefined) this.#requests = [request];
    else this.#requests.push(request);
  }

  addReply(reply: Reply): void {
    if (this.#replies === undefined) this.#replies = [reply];
    else this.#replies.push(reply);
  }

  addLine(line: OutputLine): void {
    if (this.#lines === undefined) this.#lines = [line];
    else this.#lines.push(line);
  }
}

const NO_REQUESTS: readonly Request[] = [];
const NO_REPLIES: readonly Reply[] = [];
const NO_LINES: readonly OutputLine[] = [];

/** What running tasks need of the machine that runs them, a simulator or another engine. */
export interface ExecutionHost {
  readonly epoch: Epoch;
  /** Whether each event is notified. */
  readonly instrumented: boolean;
  /** Whether each event reaches its protocol point: a fault is aimed at events of the unit. */
  readonly countsEvents: boolean;
  /** Whether attempts may be aborted: then activations are recorded, to rebuild continuations. */
  readonly recordsActivations: boolean;
  /** The index of the step under way. */
  readonly stepIndex: number;
  readonly attempt: number;
  readonly effects: StepEffects;
  /** What the attempt does besides, where the next attempt may have to be compared with it. */
  readonly trace: AttemptTrace | undefined;
  /** The source of the program's time and randomness, if that is repeatable. */
  readonly environment: ProgramEnvironment | undefined;
  /** The handler invocation under way, for the debugger. */
  event: EventSite | undefined;
  nextId(): number;
  /** The key of a request: the portal's key function applied to it, or the asker's key. */
  keyOfRequest(portal: Path, request: unknown, askerKey: unknown): unknown;
  /** Reaches a protocol point; throws where a fault triggers. */
  reachPoint(unit: Path, point: ProtocolPoint, task?: Path): void;
  notify(notice: Notice): void;
}
