import { createHash } from 'node:crypto';
import type { Choice, RunOptions, Status, Topology } from '../../runtime/index.ts';
import type { OutputRecord } from '../agent/index.ts';
import type { StatusBody, StoppedState, TopologyBody } from '../protocol.ts';
import type { Timeline } from '../time-travel/timeline.ts';
import type { Sources } from '../v8/script/sources.ts';

const NOT_STARTED: Status = {
  step: 0,
  phase: 'boundary',
  attempt: 1,
  totals: { atoms: 0, events: 0, requests: 0, replies: 0, crashes: 0, recoveries: 0 },
  units: {},
  queues: {},
  portals: {},
  continuations: {},
  streams: {},
  failures: {},
  armed: [],
};

const NO_TOPOLOGY: Topology = { applications: [], nodes: [], edges: [] };

/** The last known status of a run, for requests that arrive while it runs. */
export class StatusReport {
  topology: Topology = NO_TOPOLOGY;
  status: Status = NOT_STARTED;
  stopped: StoppedState | undefined;
  /** The step that the client has chosen to be the next. */
  chosen: Choice | undefined;
  /** The step that the scheduler would take next, while the program stands still. */
  next: Choice | undefined;
  /** Violations, and errors of handlers that are final: propagated, or the end of a workflow. */
  errors = 0;
  private lastCrash: StatusBody['lastCrash'];
  private readonly options: RunOptions;
  private readonly timeline: Timeline;

  constructor(options: RunOptions, recording: Timeline) {
    this.options = options;
    this.timeline = recording;
  }

  /** Resets to an empty report; the records that are still valid follow. */
  reset(): void {
    this.errors = 0;
    this.lastCrash = undefined;
  }

  /** Records crashes and recoveries in their order. */
  onRecord(items: readonly OutputRecord[]): void {
    const propagates = this.options.onHandlerError.kind === 'propagate';
    for (const item of items) {
      const isFinal = item.kind === 'failed' || item.kind === 'diverged';
      if (isFinal || (propagates && item.kind === 'handler-error')) this.errors += 1;
      if (item.kind === 'crashed') {
        const { unit, step, outcome, fault } = item;
        this.lastCrash = { unit, step, outcome, fault, recovered: false };
      } else if (item.kind === 'recovered' && this.lastCrash) {
        this.lastCrash = { ...this.lastCrash, outcome: item.outcome, recovered: true };
      }
    }
  }

  get body(): StatusBody {
    const { seed, schedule, snapshotEvery } = this.options;
    const next = this.status.choice ? undefined : (this.chosen ?? this.next);
    return {
      ...this.status,
      seed,
      schedule,
      snapshotEvery,
      recorded: Math.max(this.timeline.steps, this.status.step),
      branch: this.timeline.branchId,
      branches: this.timeline.branches,
      ...(this.stopped && { stopped: this.stopped }),
      ...(next && { next }),
      ...(this.lastCrash && { lastCrash: this.lastCrash }),
    };
  }

  /** The topology with the author's positions. */
  topologyIn(sources: Sources): TopologyBody {
    const { applications, nodes, edges } = this.topology;
    const shape = {
      nodes: nodes.map(({ site: _site, ...node }) => node),
      edges: edges.map(({ site: _site, ...edge }) => edge),
    };
    return {
      topology: {
        applications: applications.map((each) => sources.mapSite(each)),
        nodes: nodes.map((each) => sources.mapSite(each)),
        edges: edges.map((each) => sources.mapSite(each)),
      },
      hash: createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16),
    };
  }
}
