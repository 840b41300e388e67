import type { ProgramEnvironment } from '../contracts/environment.ts';
import type { Effect, EventSite, Notice } from '../contracts/notices.ts';
import type { Path } from '../contracts/paths.ts';
import type { ProtocolPoint } from '../contracts/protocol-points.ts';
import type { Epoch } from './epoch.ts';
import type { Reply, Request } from './messages.ts';

/** Something written for people to read. */
export type OutputLine = Extract<Effect, { readonly kind: 'log' | 'output' | 'error' }>;

/** What a step under way has caused so far. */
export class StepEffects {
  #asks: Request[] | undefined;
  #replies: Reply[] | undefined;
  #lines: OutputLine[] | undefined;

  get requests(): readonly Request[] {
    return this.#asks ?? NO_ASKS;
  }

  get replies(): readonly Reply[] {
    return this.#replies ?? NO_REPLIES;
  }

  /** Log lines and the program's own output, in order. */
  get lines(): readonly OutputLine[] {
    return this.#lines ?? NO_LINES;
  }

  /** Begins with nothing again; what has been handed out stays as it is. */
  clear(): void {
    this.#asks = undefined;
    this.#replies = undefined;
    this.#lines = undefined;
  }

  // Most steps ask or reply once: an array made with one item is far smaller than one that grew.

  addRequest(ask: Request): void {
    if (this.#asks === undefined) this.#asks = [ask];
    else this.#asks.push(ask);
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

const NO_ASKS: readonly Request[] = [];
const NO_REPLIES: readonly Reply[] = [];
const NO_LINES: readonly OutputLine[] = [];

/** What executing tasks needs of the machine that runs them, a simulator or another engine. */
export interface ExecutionHost {
  readonly epoch: Epoch;
  /** Whether each event is told and counted, or runs at full speed. */
  readonly instrumented: boolean;
  /** Whether attempts may be aborted, so that continuations must be able to be made anew. */
  readonly recordsActivations: boolean;
  /** The index of the step under way. */
  readonly stepIndex: number;
  readonly attempt: number;
  readonly effects: StepEffects;
  /** What the program draws its time and randomness from, if that is repeatable. */
  readonly environment: ProgramEnvironment | undefined;
  /** The handler invocation under way, for the debugger. */
  event: EventSite | undefined;
  nextId(): number;
  /** The key of a request: the portal's key function applied to it, or the asker's key. */
  keyOfRequest(portal: Path, request: unknown, askerKey: unknown): unknown;
  /** Passes a protocol point of an instrumented run; throws where a crash strikes. */
  reachPoint(unit: Path, point: ProtocolPoint, task?: Path): void;
  notify(notice: Notice): void;
}
