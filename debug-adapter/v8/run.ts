import type { Status, Topology } from '../../runtime/index.ts';
import type { Ending, FromWorker, LastSeen } from '../agent/index.ts';
import { Debuggee } from './debuggee.ts';
import type { DebuggeeListener } from './debuggee-listener.ts';
import type { ClientInspector } from './worker-inspector.ts';
import { type WorkerExit, type WorkerProgram, WorkerThread } from './worker-thread.ts';

/** How a run is over: as the program ended, or because its thread died or was ended. */
export type RunOutcome =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'out-of-memory'; readonly lastSeen: LastSeen | undefined }
  | { readonly kind: 'broken'; readonly error: Error }
  | { readonly kind: 'terminated' };

/** Observes a run. */
export interface RunListener extends Omit<DebuggeeListener, 'onOutOfMemory'> {
  onStatus(status: Status, topology: Topology | undefined): void;
  onLoaded(): void;
  onEnded(outcome: RunOutcome): void;
}

/** One execution of a program, from its load to its end. */
export class Run {
  /** Absent when the run is not debugged. */
  debuggee: Debuggee | undefined;
  private readonly link: WorkerThread;
  private listener: RunListener;
  private outcome: Ending | undefined;
  private ended = false;
  private notifyEnded: () => void = () => {};
  /** Resolves when the run is over, also when it has been ended from outside. */
  readonly whenEnded: Promise<void>;

  private constructor(program: WorkerProgram, debug: boolean, listener: RunListener) {
    this.listener = listener;
    this.whenEnded = new Promise((resolve) => {
      this.notifyEnded = resolve;
    });
    this.link = new WorkerThread(program, debug, {
      onMessage: (message) => this.take(message),
      onExit: (exit) => this.exited(exit),
    });
  }

  /**
   * Starts a run that stands still before its program is loaded; see {@link Debuggee.resume}. It is
   * `born` before that, and may be ended at once.
   */
  static async debugged(
    program: WorkerProgram,
    inspector: ClientInspector,
    listener: RunListener,
    born?: (run: Run) => void,
  ): Promise<Run> {
    inspector.open();
    const run = new Run(program, true, listener);
    born?.(run);
    await run.prepare(inspector).catch(async (error: unknown) => {
      await run.terminate();
      throw run.link.problem ?? error;
    });
    return run;
  }

  /** Starts a run that is not debugged. */
  static async free(
    program: WorkerProgram,
    inspector: ClientInspector,
    listener: RunListener,
  ): Promise<Run> {
    const run = new Run(program, false, listener);
    await run.link.release(inspector);
    return run;
  }

  get isEnded(): boolean {
    return this.ended;
  }

  /** Replaces the listener. */
  listen(listener: RunListener): void {
    this.listener = listener;
  }

  /** Ends the run, whatever it is doing; the listener gets no further events. */
  async terminate(): Promise<void> {
    this.ended = true;
    this.notifyEnded();
    this.debuggee?.close();
    await this.link.terminate();
  }

  private async prepare(inspector: ClientInspector): Promise<void> {
    const cdp = await this.link.attach(inspector);
    this.debuggee = new Debuggee(cdp, this.link, {
      onOutput: (items) => this.listener.onOutput(items),
      onPaused: (pause) => this.listener.onPaused(pause),
      ignoresException: (paused, control) => this.listener.ignoresException(paused, control),
      isAuthored: (frame) => this.listener.isAuthored(frame),
      isWithinStatement: (place, frame) => this.listener.isWithinStatement(place, frame),
      isDebuggerStatement: (frame) => this.listener.isDebuggerStatement(frame),
      onOutOfMemory: () => this.exhausted(),
    });
    await this.debuggee.prepare();
  }

  private take(message: FromWorker): void {
    if (this.ended) return;
    switch (message.kind) {
      case 'output':
        this.listener.onOutput(message.items);
        break;
      case 'status':
        this.listener.onStatus(message.status, message.topology);
        break;
      case 'loaded':
        this.listener.onLoaded();
        break;
      case 'ended':
        this.outcome = message.ending;
    }
  }

  private exhausted(): void {
    const lastSeen = this.link.signals.lastSeen();
    void this.terminate();
    this.listener.onEnded({ kind: 'out-of-memory', lastSeen });
  }

  private exited(exit: WorkerExit): void {
    this.debuggee?.close();
    if (this.ended) return;
    this.ended = true;
    this.notifyEnded();
    this.listener.onEnded(this.outcomeOf(exit));
  }

  private outcomeOf(exit: WorkerExit): RunOutcome {
    if (exit.kind === 'out-of-memory') {
      return { kind: 'out-of-memory', lastSeen: this.link.signals.lastSeen() };
    }
    if (exit.kind === 'broken') return exit;
    return this.outcome ? { kind: 'ended', ending: this.outcome } : { kind: 'terminated' };
  }
}
