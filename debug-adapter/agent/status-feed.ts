import type { Inspector, Topology } from '../../runtime/index.ts';
import type { FromWorker } from './messages.ts';

const INTERVAL_MS = 100;
/** Reading the clock costs more than most notices. */
const NOTICES_PER_LOOK = 64;

/** Sends the status of a running program a few times a second. */
export class StatusFeed {
  private noticesLeft = NOTICES_PER_LOOK;
  private sentAt = Number.NEGATIVE_INFINITY;
  private sentTopology = -1;
  private readonly post: (message: FromWorker) => void;

  constructor(post: (message: FromWorker) => void) {
    this.post = post;
  }

  /** To be called at every notice; `topologyVersion` counts the topology's changes. */
  tick(inspect: () => Inspector | undefined, topologyVersion: number): void {
    if (--this.noticesLeft > 0) return;
    this.noticesLeft = NOTICES_PER_LOOK;
    if (performance.now() - this.sentAt < INTERVAL_MS) return;
    this.send(inspect(), topologyVersion);
  }

  /** Call it before each step: output needs the topology for its source positions. */
  sendTopology(inspect: () => Inspector | undefined, topologyVersion: number): void {
    if (topologyVersion !== this.sentTopology) this.send(inspect(), topologyVersion);
  }

  send(inspect: Inspector | undefined, topologyVersion: number): void {
    if (!inspect) return;
    this.sentAt = performance.now();
    let topology: Topology | undefined;
    if (topologyVersion !== this.sentTopology) topology = inspect.topology();
    this.sentTopology = topologyVersion;
    this.post({ kind: 'status', status: inspect.status(), ...(topology && { topology }) });
  }
}
