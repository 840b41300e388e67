import type { SendEvent } from '../dap/connection.ts';
import { cancelledError } from '../dap/errors.ts';

/** A journey is shown when it takes longer; most are over by then. */
const SHOWN_AFTER_MS = 500;
const UPDATED_EVERY_MS = 500;

/** What is to be said of a journey, and how its client may refer to it. */
export interface ProgressOptions {
  /** As in "Going to step 5". */
  readonly title: string;
  /** The number of the request that wants it. */
  readonly request?: number;
  /** The client does not know that the program goes on because of its request. */
  readonly hidden?: true;
}

/** How far a journey has come. */
export interface ProgressUpdate {
  readonly step: number;
  /** Where it leads to, if that is known. */
  readonly goTo?: number;
}

/** The journeys of a session, one after the other, and what its client may do about them. */
export class NavigationProgress {
  /** Whether the client shows progress. */
  visible = false;
  private current: NavigationHandle | undefined;
  private count = 0;
  private readonly sendEvent: SendEvent;

  constructor(sendEvent: SendEvent) {
    this.sendEvent = sendEvent;
  }

  /** A journey begins; `read` says how far it is. */
  begin(asked: ProgressOptions, read: () => ProgressUpdate | undefined): NavigationHandle {
    const sendEvent = this.visible ? this.sendEvent : undefined;
    this.count += 1;
    const passage = new NavigationHandle(`journey ${this.count}`, asked, read, sendEvent);
    this.current = passage;
    return passage;
  }

  /** Cancels the journey under way; false if there is none. */
  cancel(): boolean {
    this.current?.cancel();
    return this.current?.isUnderWay ?? false;
  }

  /** Cancels the journey under way if it is the one meant; another one is over already. */
  cancelThe({ progressId, requestId }: { progressId?: string; requestId?: number }): void {
    const { current } = this;
    if (current === undefined) return;
    if (current.id === progressId || current.isOf(requestId)) current.cancel();
  }
}

/** A journey under way: it is shown once it takes its time, and may be cancelled. */
export class NavigationHandle {
  readonly id: string;
  isUnderWay = true;
  private readonly ending = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private isShown = false;
  private readonly asked: ProgressOptions;
  private readonly read: () => ProgressUpdate | undefined;
  private readonly sendEvent: SendEvent | undefined;

  constructor(
    id: string,
    asked: ProgressOptions,
    read: () => ProgressUpdate | undefined,
    sendEvent: SendEvent | undefined,
  ) {
    this.id = id;
    this.asked = asked;
    this.read = read;
    this.sendEvent = sendEvent;
    if (sendEvent) this.timer = setTimeout(() => this.show(), SHOWN_AFTER_MS).unref();
  }

  /** Aborted when the client no longer wants to get there. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  isOf(request: number | undefined): boolean {
    return request !== undefined && this.asked.request === request;
  }

  cancel(): void {
    if (this.isUnderWay) this.ending.abort(cancelledError());
  }

  /** It is over, wherever it has led to. */
  end(): void {
    this.isUnderWay = false;
    clearTimeout(this.timer);
    if (this.isShown) this.sendEvent?.('progressEnd', { progressId: this.id });
  }

  private show(): void {
    const { title, request } = this.asked;
    this.isShown = true;
    this.sendEvent?.('progressStart', {
      progressId: this.id,
      title,
      cancellable: true,
      ...(request !== undefined && { requestId: request }),
    });
    this.timer = setInterval(() => this.update(), UPDATED_EVERY_MS).unref();
  }

  private update(): void {
    const progress = this.read();
    if (!progress) return;
    const { step, goTo: to } = progress;
    const isKnown = to !== undefined && step <= to;
    this.sendEvent?.('progressUpdate', {
      progressId: this.id,
      message: `at step ${step}`,
      ...(isKnown && { percentage: Math.floor((100 * step) / to) }),
    });
  }
}
