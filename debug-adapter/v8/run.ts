import type { Ending, FromWorker } from '../agent/index.ts';
import { Debuggee } from './debuggee.ts';
import type { PauseFilter } from './decide.ts';
import type { RunEvents, RunOutcome } from './run-events.ts';
import type { ClientInspector } from './worker-inspector.ts';
import { type WorkerExit, type WorkerProgram, WorkerThread } from './worker-thread.ts';

/** One execution of a program, from its load to its end. */
export class Run {
  /** Absent when the run is not debugged. */
  debuggee: Debuggee | undefined;
  private readonly link: WorkerThread;
  private events: RunEvents;
  private outcome: Ending | undefined;
  private ended = false;
  private notifyEnded: () => void = () => {};
  /** Resolves when the run is over, also when it has been ended from outside. */
  readonly whenEnded: Promise<void>;

  private constructor(program: WorkerProgram, debug: boolean, events: RunEvents) {
    this.events = events;
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
    filter: PauseFilter,
    events: RunEvents,
    born?: (run: Run) => void,
  ): Promise<Run> {
    inspector.open();
    const run = new Run(program, true, events);
    born?.(run);
    await run.prepare(inspector, filter).catch(async (error: unknown) => {
      await run.terminate();
      throw run.link.problem ?? error;
    });
    return run;
  }

  /** Starts a run that is not debugged. */
  static async free(
    program: WorkerProgram,
    inspector: ClientInspector,
    events: RunEvents,
  ): Promise<Run> {
    const run = new Run(program, false, events);
    await run.link.release(inspector);
    return run;
  }

  get isEnded(): boolean {
    return this.ended;
  }

  /** Emits the events to `events` from now on. */
  emitTo(events: RunEvents): void {
    this.events = events;
    if (this.debuggee) this.debuggee.events = events;
  }

  /** Ends the run, whatever it is doing; it emits no further events. */
  async terminate(): Promise<void> {
    this.ended = true;
    this.notifyEnded();
    this.debuggee?.close();
    await this.link.terminate();
  }

  private async prepare(inspector: ClientInspector, filter: PauseFilter): Promise<void> {
    const cdp = await this.link.attach(inspector);
    this.debuggee = new Debuggee(cdp, this.link, filter, this.events);
    await this.debuggee.prepare();
  }

  private take(message: FromWorker): void {
    if (this.ended) return;
    switch (message.kind) {
      case 'output':
        this.events.onOutput(message.items);
        break;
      case 'status':
        if (message.topology) this.events.onTopology(message.topology);
        this.events.onStatus(message.status);
        break;
      case 'loaded':
        this.events.onLoaded();
        break;
      case 'ended':
        this.outcome = message.ending;
    }
  }

  private exited(exit: WorkerExit): void {
    this.debuggee?.close();
    if (this.ended) return;
    this.ended = true;
    this.notifyEnded();
    this.events.onEnded(this.outcomeOf(exit));
  }

  private outcomeOf(exit: WorkerExit): RunOutcome {
    if (exit.kind === 'out-of-memory') {
      return { kind: 'out-of-memory', lastSeen: this.link.signals.lastSeen() };
    }
    if (exit.kind === 'broken') return exit;
    return this.outcome ? { kind: 'ended', ending: this.outcome } : { kind: 'terminated' };
  }
}
