import type { Inspector, Topology } from '../../runtime/index.ts';
import type { FromWorker } from './messages.ts';

const INTERVAL_MS = 100;
/** Reading the clock costs more than most notices. */
const NOTICES_PER_LOOK = 64;

/** Tells a few times a second where a running program stands. */
export class StatusFeed {
  private noticesLeft = NOTICES_PER_LOOK;
  private toldAt = Number.NEGATIVE_INFINITY;
  private toldTopology = -1;
  private readonly post: (message: FromWorker) => void;

  constructor(post: (message: FromWorker) => void) {
    this.post = post;
  }

  /** To be called at every notice; `topologyVersion` counts the topology's changes. */
  tick(inspect: () => Inspector | undefined, topologyVersion: number): void {
    if (--this.noticesLeft > 0) return;
    this.noticesLeft = NOTICES_PER_LOOK;
    if (performance.now() - this.toldAt < INTERVAL_MS) return;
    this.send(inspect(), topologyVersion);
  }

  /** To be called before each step, so that what follows can be told with its position. */
  sendTopology(inspect: () => Inspector | undefined, topologyVersion: number): void {
    if (topologyVersion !== this.toldTopology) this.send(inspect(), topologyVersion);
  }

  send(inspect: Inspector | undefined, topologyVersion: number): void {
    if (!inspect) return;
    this.toldAt = performance.now();
    let topology: Topology | undefined;
    if (topologyVersion !== this.toldTopology) topology = inspect.topology();
    this.toldTopology = topologyVersion;
    this.post({ kind: 'status', status: inspect.status(), ...(topology && { topology }) });
  }
}
