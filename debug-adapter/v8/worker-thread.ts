import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AGENT_EXPRESSION, type FromWorker, Signals, type WorkerInput } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Cdp } from './cdp.ts';
import type { ClientInspector } from './worker-inspector.ts';

/** The program's heap may grow to this before the run is ended with a message. */
const HEAP_MB_MAX = 1024;

/** How long is waited for a thread to end, and how often all are asked to. */
const ENDING_MS_MAX = 2000;
const ROUNDS_MAX = 2;

/** Why the thread is no more. */
export type WorkerExit =
  | { readonly kind: 'exited' }
  | { readonly kind: 'out-of-memory' }
  | { readonly kind: 'broken'; readonly error: Error };

export interface WorkerThreadListener {
  onMessage(message: FromWorker): void;
  onExit(exit: WorkerExit): void;
}

/** What a run is made of; the rest of {@link WorkerInput} is the link's own. */
export type WorkerProgram = Omit<WorkerInput, 'debug' | 'agentName' | 'signals' | 'port'>;

/** One worker thread, from its start to its end. */
export class WorkerThread {
  /** Those whose threads are not gone yet. */
  private static readonly living = new Set<WorkerThread>();
  readonly signals = new Signals();
  private readonly worker: Worker;
  private readonly channel = new MessageChannel();
  private exit: WorkerExit = { kind: 'exited' };
  private gone = false;
  private ending = false;
  private cdp: Cdp | undefined;
  private inspector: ClientInspector | undefined;
  private readonly listener: WorkerThreadListener;

  constructor(program: WorkerProgram, debug: boolean, listener: WorkerThreadListener) {
    this.listener = listener;
    const { port1, port2 } = this.channel;
    const input: WorkerInput = {
      ...program,
      debug,
      agentName: AGENT_EXPRESSION,
      signals: this.signals.memory,
      port: port2,
    };
    this.worker = new Worker(join(import.meta.dirname, 'worker.js'), {
      workerData: input,
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
      // The adapter's own stdout carries the Debug Adapter Protocol and nothing else.
      stdout: true,
      stderr: true,
      env: {},
    });
    port1.on('message', (message: FromWorker) => this.take(message));
    this.worker.on('error', (error: Error & { code?: string }) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.exit = memory ? { kind: 'out-of-memory' } : { kind: 'broken', error };
    });
    WorkerThread.living.add(this);
    this.worker.on('exit', () => {
      this.gone = true;
      WorkerThread.living.delete(this);
      this.drain();
      port1.close();
      this.cdp?.close('the program has ended');
      this.listener.onExit(this.exit);
    });
  }

  /** Ends all threads, also those that are being started; false if one cannot be ended. */
  static async endAll(): Promise<boolean> {
    for (let rounds = 0; WorkerThread.living.size > 0; rounds++) {
      if (rounds === ROUNDS_MAX) return false;
      await Promise.all([...WorkerThread.living].map((link) => link.terminate()));
    }
    return true;
  }

  /** What broke the thread, if that is how it ended. */
  get problem(): AdapterError | undefined {
    if (this.exit.kind !== 'broken') return undefined;
    const why = this.exit.error.message;
    return new AdapterError('INTERNAL', `the thread of the program broke down: ${why}`, true);
  }

  /** Attaches the debugger; the thread stands still before its first statement. */
  async attach(inspector: ClientInspector): Promise<Cdp> {
    const gone = new Promise<never>((_, reject) => {
      this.worker.once('exit', () =>
        reject(new AdapterError('ENDED', 'the program ended before it began')),
      );
    });
    this.inspector = inspector;
    this.cdp = await Promise.race([inspector.attach(this.worker), gone]);
    if (this.ending) await this.terminate();
    return this.cdp;
  }

  /** Lets the thread run without a debugger, should the process hold workers at their start. */
  async release(inspector: ClientInspector): Promise<void> {
    await inspector.release(this.worker);
  }

  /** Takes what the worker has posted so far, without waiting for the event loop. */
  drain(): void {
    for (;;) {
      const next = receiveMessageOnPort(this.channel.port1) as { message: FromWorker } | undefined;
      if (!next) return;
      this.take(next.message);
    }
  }

  /**
   * Ends the thread, whatever it is doing. The one thing that cannot be ended is a breakpoint's
   * condition that calls a function without an end: such a thread is left behind.
   */
  async terminate(): Promise<void> {
    this.ending = true;
    if (this.gone) return;
    await Promise.race([this.end(), sleep(ENDING_MS_MAX, undefined, { ref: false })]);
  }

  /** Ends a thread that V8 has paused because its heap is full. */
  exhaust(): void {
    this.exit = { kind: 'out-of-memory' };
    void this.terminate();
  }

  private async end(): Promise<void> {
    // A thread that V8 has paused does not react to termination.
    if (this.cdp) await this.inspector?.detach(this.cdp);
    await this.worker.terminate();
  }

  private take(message: FromWorker): void {
    if (message.kind === 'output') this.signals.batchRead();
    this.listener.onMessage(message);
  }
}
