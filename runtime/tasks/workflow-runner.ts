import type { TaskSpec, Upstream, WorkflowSpec } from '../application/application.ts';
import type { Path } from '../contracts/paths.ts';
import { type Batch, concatBatches, EMPTY_BATCH } from '../values/batch.ts';
import { Continuations } from './continuations.ts';
import type { ExecutionHost } from './execution-host.ts';
import type { HandlerOwner } from './handler-results.ts';
import type { Reply, Request } from './messages.ts';
import type { PortalClient } from './portal-client.ts';
import { runEvents, runMarker, runReplies, runRequests } from './run-task.ts';
import type { Marker, TaskInput } from './task-input.ts';
import { TaskRunner } from './task-runner.ts';

/** Makes the portal client of one task of `workflow`. */
export type MakePortalClient = (
  task: TaskSpec,
  workflow: Path,
  continuations: Continuations,
  host: ExecutionHost,
) => PortalClient;

/** What a workflow processes in one step. */
export type WorkflowInput =
  | { readonly kind: 'atom'; readonly batch: Batch; readonly marker: Marker }
  | { readonly kind: 'requests'; readonly portal: Path; readonly requests: readonly Request[] }
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] };

/** The output atom; with `failure`, a handler's exception ended it. */
export interface WorkflowOutput {
  readonly batch: Batch;
  readonly failure: { readonly thrown: unknown } | undefined;
}

/** What each task put out in a step; `undefined` where nothing reached it. */
type Outcome = WorkflowOutput | undefined;

/** Decides what a handler's exception means: returns to let it propagate, or throws. */
export type OnFailure = (thrown: unknown, at: HandlerOwner) => void;

const ATOM_COMPLETE: Marker = { kind: 'atomComplete' };

/** What most handlers of requests and replies put out. */
const NOTHING: WorkflowOutput = { batch: EMPTY_BATCH, failure: undefined };

/** A running workflow: its tasks' state and continuations, and how it processes one atom. */
export class WorkflowRunner {
  readonly spec: WorkflowSpec;
  readonly tasks: readonly TaskRunner[];
  readonly continuations: Continuations;
  readonly #host: ExecutionHost;
  readonly #forked: ReadonlySet<Upstream>;
  readonly #askers: readonly TaskRunner[];

  constructor(spec: WorkflowSpec, host: ExecutionHost, makePortalClient: MakePortalClient) {
    this.spec = spec;
    this.#host = host;
    this.continuations = new Continuations(host.epoch);
    this.tasks = spec.tasks.map((task) => {
      const client = makePortalClient(task, spec.path, this.continuations, host);
      return new TaskRunner(task, spec.path, client, host);
    });
    this.#askers = this.tasks.filter(({ spec }) => spec.asks.length > 0);
    this.#forked = inputsWithSeveralConsumers(spec);
  }

  /**
   * Runs the tasks in topological order, each over the whole batch of its inputs. A batch of
   * requests or replies enters at the portal's task and reaches only what is downstream of it;
   * where that is nothing, there is no output.
   */
  process(input: WorkflowInput, onFailure: OnFailure): WorkflowOutput | undefined {
    const outcomes = new Array<Outcome>(this.tasks.length);
    const source = input.kind === 'atom' ? sourceOf(input) : undefined;
    const ofSource = input.kind === 'atom';
    const markerRounds = roundsOf(input);
    for (let at = 0; at < this.tasks.length; at++) {
      const task = this.tasks[at] as TaskRunner;
      const reached = this.#gather(task.spec.inputs, source, outcomes);
      const isReplier = input.kind === 'requests' && repliesTo(task, input.portal);
      const requests = isReplier ? input.requests : undefined;
      const replies = input.kind === 'replies' ? this.#awaited(task, input.replies) : undefined;
      if (reached === undefined && requests === undefined && replies === undefined) continue;
      const marker = markerFor(input, reached);
      const events = reached?.batch;
      const part: TaskInput = { events, requests, replies, marker, ofSource, markerRounds };
      outcomes[at] = this.#run(task, part, reached?.failure, onFailure);
    }
    return this.#gather(this.spec.sink, source, outcomes);
  }

  /** Drops what the step under way did, after a crash. */
  abort(): void {
    for (const task of this.tasks) task.abort();
  }

  #run(
    task: TaskRunner,
    input: TaskInput,
    failure: WorkflowOutput['failure'],
    onFailure: OnFailure,
  ): Outcome {
    const host = this.#host;
    const { events, requests, replies } = input;
    let batch = EMPTY_BATCH;
    task.begin(input);
    try {
      if (events !== undefined) batch = runEvents(task, events, host);
      if (requests !== undefined) batch = concatBatches(batch, runRequests(task, requests, host));
      if (replies !== undefined) batch = concatBatches(batch, runReplies(task, replies, host));
      batch = concatBatches(batch, runMarker(task, input, host));
      task.close();
      host.trace?.addEmissions(task.spec.path, batch);
      return batch === EMPTY_BATCH && failure === undefined ? NOTHING : { batch, failure };
    } catch (thrown) {
      const emitted = task.emitted();
      host.trace?.addEmissions(task.spec.path, concatBatches(batch, emitted));
      onFailure(thrown, task.spec);
      task.portalClient.fail();
      task.closeAfterFailure();
      return { batch: concatBatches(batch, emitted), failure: { thrown } };
    }
  }

  /** Of `replies` those to `task`; replies without a continuation are dropped. */
  #awaited(task: TaskRunner, replies: readonly Reply[]): readonly Reply[] | undefined {
    if (!this.#askers.includes(task)) return undefined;
    const isOwn = ({ request }: Reply) => request.task === task.spec.path;
    const own = this.#askers.length === 1 ? replies : replies.filter(isOwn);
    for (const { request } of own) if (this.continuations.isAwaited(request)) return own;
    for (const { request } of own) this.continuations.drop(request);
    return undefined;
  }

  #gather(inputs: readonly Upstream[], source: Outcome, outcomes: readonly Outcome[]): Outcome {
    const only = inputs.length === 1 ? inputs[0] : undefined;
    if (only !== undefined) return this.#outcome(only, source, outcomes);
    const reached = inputs
      .map((input) => this.#outcome(input, source, outcomes))
      .filter((outcome) => outcome !== undefined);
    if (reached.length === 0) return undefined;
    const failed = reached.find((outcome) => outcome.failure !== undefined);
    return {
      batch: reached.map((outcome) => outcome.batch).reduce(concatBatches),
      failure: failed?.failure,
    };
  }

  /** What came out of `input`: for its only consumer as it is, else a copy for each. */
  #outcome(input: Upstream, source: Outcome, outcomes: readonly Outcome[]): Outcome {
    const outcome = input === 'source' ? source : outcomes[input];
    if (outcome === undefined || !outcome.batch.hasObjects) return outcome;
    if (!this.#forked.has(input)) return outcome;
    return { batch: outcome.batch.copy(), failure: outcome.failure };
  }
}

function sourceOf({ batch, marker }: Extract<WorkflowInput, { kind: 'atom' }>): Outcome {
  return { batch, failure: marker.kind === 'error' ? marker : undefined };
}

/** What ends the batch of a task that `reached` has reached. */
function markerFor(input: WorkflowInput, reached: Outcome): Marker {
  if (reached?.failure !== undefined) return { kind: 'error', thrown: reached.failure.thrown };
  return input.kind === 'atom' && input.marker.kind !== 'error' ? input.marker : ATOM_COMPLETE;
}

function repliesTo({ spec }: TaskRunner, portal: Path): boolean {
  for (const { path } of spec.repliesTo) if (path === portal) return true;
  return false;
}

/** How many handlers of `onAtomComplete` led to `input`. */
function roundsOf(input: WorkflowInput): number {
  let rounds = 0;
  if (input.kind === 'requests') {
    for (const request of input.requests) rounds = Math.max(rounds, request.markerRounds);
  } else if (input.kind === 'replies') {
    for (const { request } of input.replies) rounds = Math.max(rounds, request.markerRounds);
  }
  return rounds;
}

function inputsWithSeveralConsumers(spec: WorkflowSpec): Set<Upstream> {
  const seen = new Set<Upstream>();
  const several = new Set<Upstream>();
  for (const input of [...spec.tasks.flatMap((task) => task.inputs), ...spec.sink]) {
    (seen.has(input) ? several : seen).add(input);
  }
  return several;
}
