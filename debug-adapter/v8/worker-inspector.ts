import { type NodeWorker, Session } from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import { Cdp, type CdpLog } from './cdp.ts';

const GONE = 'the program has ended';

type Attach = (sessionId: string) => void;

/**
 * Debugs worker threads of this process through the `NodeWorker` domain of its own inspector; no
 * port is opened. There is one for the process, because a second session on the same domain would
 * attach to the same workers and hold them at their start as well.
 */
export class WorkerInspector {
  private session: Session | undefined;
  private readonly awaited = new Map<number, Attach>();
  private readonly early = new Map<number, string>();
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
      const threadId = threadOf(params.workerInfo);
      const attach = this.awaited.get(threadId);
      this.awaited.delete(threadId);
      if (attach) attach(params.sessionId);
      else this.early.set(threadId, params.sessionId);
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
  async attach(worker: Worker, log: CdpLog): Promise<Cdp> {
    return this.connect(await this.sessionOf(worker), log);
  }

  /** Lets a worker that is not to be debugged run. */
  async release(worker: Worker): Promise<void> {
    if (!this.session) return;
    const sessionId = await this.sessionOf(worker);
    await this.connect(sessionId).send('Runtime.runIfWaitingForDebugger');
    this.debugged.delete(sessionId);
    this.session.post('NodeWorker.detach', { sessionId });
  }

  /** Lets go of a worker: if V8 has paused it, it runs on. */
  detach(cdp: Cdp): Promise<void> {
    const sessionId = [...this.debugged].find(([, known]) => known === cdp)?.[0];
    cdp.close(GONE);
    if (sessionId === undefined) return Promise.resolve();
    this.debugged.delete(sessionId);
    return new Promise((resolve) => {
      this.session?.post('NodeWorker.detach', { sessionId }, () => resolve());
    });
  }

  private connect(sessionId: string, log?: CdpLog): Cdp {
    const cdp = new Cdp((message) => {
      this.session?.post('NodeWorker.sendMessageToWorker', { sessionId, message }, (error) => {
        if (error) cdp.close(GONE);
      });
    }, log);
    this.debugged.set(sessionId, cdp);
    return cdp;
  }

  private sessionOf(worker: Worker): Promise<string> {
    const { threadId } = worker;
    const sessionId = this.early.get(threadId);
    this.early.delete(threadId);
    if (sessionId !== undefined) return Promise.resolve(sessionId);
    return new Promise((resolve) => this.awaited.set(threadId, resolve));
  }
}

/** The inspector of the process as one client of the adapter uses it: with a log of the traffic. */
export class ClientInspector {
  private readonly inspector: WorkerInspector;
  private readonly log: CdpLog;

  constructor(inspector: WorkerInspector, log: CdpLog) {
    this.inspector = inspector;
    this.log = log;
  }

  /** See {@link WorkerInspector.open}. */
  open(): void {
    this.inspector.open();
  }

  /** See {@link WorkerInspector.attach}. A message is logged with the number of its thread. */
  attach(worker: Worker): Promise<Cdp> {
    const { threadId } = worker;
    return this.inspector.attach(worker, (from, message) =>
      this.log(from, `#${threadId} ${message}`),
    );
  }

  /** See {@link WorkerInspector.release}. */
  release(worker: Worker): Promise<void> {
    return this.inspector.release(worker);
  }

  /** See {@link WorkerInspector.detach}. */
  detach(cdp: Cdp): Promise<void> {
    return this.inspector.detach(cdp);
  }
}

/** The inspector counts workers by itself; their thread's number stands in their title only. */
function threadOf({ title, workerId }: NodeWorker.WorkerInfo): number {
  return Number(/^\[worker (\d+)\]/.exec(title)?.[1] ?? workerId);
}
