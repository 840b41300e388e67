import { Session } from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import { Cdp } from './cdp.ts';

const GONE = 'the program has ended';

type Attach = (sessionId: string) => void;

/**
 * Debugs worker threads of this process through the `NodeWorker` domain of its own inspector; no
 * port is opened. There is one for the process, because a second session on the same domain would
 * attach to the same workers and hold them at their start as well.
 */
export class WorkerInspector {
  private session: Session | undefined;
  private readonly awaited = new Map<string, Attach>();
  private readonly early = new Map<string, string>();
  private readonly debugged = new Map<string, Cdp>();

  /**
   * Holds workers that start from now on until they are attached to, or released by
   * {@link release}.
   */
  open(): void {
    if (this.session) return;
    const session = new Session();
    this.session = session;
    session.connect();
    session.on('NodeWorker.attachedToWorker', ({ params }) => {
      const { workerId } = params.workerInfo;
      const attach = this.awaited.get(workerId);
      this.awaited.delete(workerId);
      if (attach) attach(params.sessionId);
      else this.early.set(workerId, params.sessionId);
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
      this.debugged.get(params.sessionId)?.receive(params.message);
    });
    session.on('NodeWorker.detachedFromWorker', ({ params }) => {
      this.debugged.get(params.sessionId)?.close(GONE);
      this.debugged.delete(params.sessionId);
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: true });
  }

  /** The protocol client of `worker`, which stands still before its first statement. */
  async attach(worker: Worker): Promise<Cdp> {
    return this.connect(await this.sessionOf(worker));
  }

  /** Lets a worker that is not to be debugged run. */
  async release(worker: Worker): Promise<void> {
    if (!this.session) return;
    const sessionId = await this.sessionOf(worker);
    await this.connect(sessionId).send('Runtime.runIfWaitingForDebugger');
    this.debugged.delete(sessionId);
    this.session.post('NodeWorker.detach', { sessionId });
  }

  private connect(sessionId: string): Cdp {
    const cdp = new Cdp((message) => {
      this.session?.post('NodeWorker.sendMessageToWorker', { sessionId, message }, (error) => {
        if (error) cdp.close(GONE);
      });
    });
    this.debugged.set(sessionId, cdp);
    return cdp;
  }

  private sessionOf(worker: Worker): Promise<string> {
    const workerId = String(worker.threadId);
    const sessionId = this.early.get(workerId);
    this.early.delete(workerId);
    if (sessionId !== undefined) return Promise.resolve(sessionId);
    return new Promise((resolve) => this.awaited.set(workerId, resolve));
  }
}
