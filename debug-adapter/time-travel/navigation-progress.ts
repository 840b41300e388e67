import type { SendEvent } from '../dap/connection.ts';
import { cancelledError } from '../dap/errors.ts';

/** Progress is shown only for navigations that take longer; most do not. */
const SHOWN_AFTER_MS = 500;
const UPDATED_EVERY_MS = 500;

/** How a navigation is described to the client. */
export interface ProgressOptions {
  /** As in "Going to step 5". */
  readonly title: string;
  /** The number of the request that wants it. */
  readonly request?: number;
  /** The client does not expect the program to run because of this request. */
  readonly hidden?: true;
}

/** The progress of a navigation. */
export interface ProgressUpdate {
  readonly step: number;
  /** Where it leads to, if that is known. */
  readonly goTo?: number;
}

/** Reports the navigations of a session to the client and lets it cancel them. */
export class NavigationProgress {
  /** Whether the client shows progress. */
  visible = false;
  private current: NavigationHandle | undefined;
  private count = 0;
  private readonly sendEvent: SendEvent;

  constructor(sendEvent: SendEvent) {
    this.sendEvent = sendEvent;
  }

  /** Begins a navigation; `read` gives its progress. */
  begin(asked: ProgressOptions, read: () => ProgressUpdate | undefined): NavigationHandle {
    const sendEvent = this.visible ? this.sendEvent : undefined;
    this.count += 1;
    const handle = new NavigationHandle(`navigation ${this.count}`, asked, read, sendEvent);
    this.current = handle;
    return handle;
  }

  /** Cancels the navigation in progress; false if there is none. */
  cancel(): boolean {
    this.current?.cancel();
    return this.current?.isUnderWay ?? false;
  }

  /** Cancels the navigation in progress if it is the one named; any other is over. */
  cancelThe({ progressId, requestId }: { progressId?: string; requestId?: number }): void {
    const { current } = this;
    if (current === undefined) return;
    if (current.id === progressId || current.isOf(requestId)) current.cancel();
  }
}

/** A navigation in progress. */
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
