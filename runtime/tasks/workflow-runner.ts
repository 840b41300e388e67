import type { Input, WorkflowSpec } from '../application/application.ts';
import type { Path } from '../contracts/paths.ts';
import type { Marker, TaskInput } from '../recovery/activation.ts';
import { rehearse } from '../recovery/re-execution.ts';
import { type Batch, EMPTY_BATCH, joined } from './batch.ts';
import { Suspensions } from './continuations.ts';
import type { World } from './execution-host.ts';
import type { HandlerOf } from './handler-results.ts';
import type { Ask, Reply } from './messages.ts';
import { runEvents, runMarker, runReplies, runRequests } from './run-task.ts';
import { TaskExecution } from './task-runner.ts';

/** What a workflow processes in one step. */
export type WorkflowInput =
  | { readonly kind: 'atom'; readonly batch: Batch; readonly marker: Marker }
  | { readonly kind: 'requests'; readonly portal: Path; readonly asks: readonly Ask[] }
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] };

/** The output atom; with `failure`, a handler's exception ended it. */
export interface WorkflowOutput {
  readonly batch: Batch;
  readonly failure: { readonly thrown: unknown } | undefined;
}

/** How each task came out of a step; `undefined` where nothing reached it. */
type Outcome = WorkflowOutput | undefined;

/** Decides what a handler's exception means: returns to let it propagate, or throws. */
export type OnFailure = (thrown: unknown, at: HandlerOf) => void;

const ATOM_COMPLETE: Marker = { kind: 'atomComplete' };

/** What most handlers of requests and replies put out. */
const NOTHING: WorkflowOutput = { batch: EMPTY_BATCH, failure: undefined };

/** A running workflow: its tasks' state and continuations, and how it processes one atom. */
export class WorkflowExecution {
  readonly spec: WorkflowSpec;
  readonly tasks: readonly TaskExecution[];
  readonly suspensions: Suspensions;
  readonly #world: World;
  readonly #forked: ReadonlySet<Input>;
  readonly #askers: readonly TaskExecution[];

  constructor(spec: WorkflowSpec, world: World) {
    this.spec = spec;
    this.#world = world;
    this.suspensions = new Suspensions(world.epoch);
    this.tasks = spec.tasks.map(
      (task) => new TaskExecution(task, spec.path, this.suspensions, world),
    );
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
    for (let at = 0; at < this.tasks.length; at++) {
      const task = this.tasks[at] as TaskExecution;
      const reached = this.#gather(task.spec.inputs, source, outcomes);
      const asks =
        input.kind === 'requests' && answers(task, input.portal) ? input.asks : undefined;
      const replies = input.kind === 'replies' ? this.#awaited(task, input.replies) : undefined;
      if (reached === undefined && asks === undefined && replies === undefined) continue;
      const marker = markerFor(input, reached);
      const events = reached?.batch;
      task.memory?.record({ events, asks, replies, marker });
      outcomes[at] = this.#run(task, events, asks, replies, marker, reached?.failure, onFailure);
    }
    return this.#gather(this.spec.sink, source, outcomes);
  }

  /** Gives up the step under way, after a crash. */
  abandon(): void {
    for (const task of this.tasks) task.abandon();
  }

  /** Whether an aborted attempt has run continuations, which are to be made anew. */
  get isSpoilt(): boolean {
    return this.tasks.some(({ memory }) => memory?.lineages.isSpoilt === true);
  }

  /** Makes them anew, and leaves traces for the epoch to undo. */
  rehearse(): void {
    for (const task of this.tasks) rehearse(task, this.#world);
  }

  // One by one, as an object for each task and step is felt where atoms are small.
  #run(
    task: TaskExecution,
    events: TaskInput['events'],
    asks: TaskInput['asks'],
    replies: TaskInput['replies'],
    marker: Marker,
    failure: WorkflowOutput['failure'],
    onFailure: OnFailure,
  ): Outcome {
    const world = this.#world;
    let batch = EMPTY_BATCH;
    task.begin();
    try {
      if (events !== undefined) batch = runEvents(task, events, world);
      if (asks !== undefined) batch = joined(batch, runRequests(task, asks, world));
      if (replies !== undefined) batch = joined(batch, runReplies(task, replies, world));
      batch = joined(batch, runMarker(task, marker, world));
      task.close();
      return batch === EMPTY_BATCH && failure === undefined ? NOTHING : { batch, failure };
    } catch (thrown) {
      const emitted = task.emitted();
      onFailure(thrown, task.spec);
      task.close();
      return { batch: joined(batch, emitted), failure: { thrown } };
    }
  }

  /** Of `replies` those to `task`; replies that nobody awaits are dropped. */
  #awaited(task: TaskExecution, replies: readonly Reply[]): readonly Reply[] | undefined {
    if (!this.#askers.includes(task)) return undefined;
    const isOwn = ({ ask }: Reply) => ask.task === task.spec.path;
    const own = this.#askers.length === 1 ? replies : replies.filter(isOwn);
    for (const { ask } of own) if (this.suspensions.awaits(ask)) return own;
    return undefined;
  }

  #gather(inputs: readonly Input[], source: Outcome, outcomes: readonly Outcome[]): Outcome {
    const only = inputs.length === 1 ? inputs[0] : undefined;
    if (only !== undefined) return this.#outcome(only, source, outcomes);
    const reached = inputs
      .map((input) => this.#outcome(input, source, outcomes))
      .filter((outcome) => outcome !== undefined);
    if (reached.length === 0) return undefined;
    const failed = reached.find((outcome) => outcome.failure !== undefined);
    return {
      batch: reached.map((outcome) => outcome.batch).reduce(joined),
      failure: failed?.failure,
    };
  }

  /** What came out of `input`: for its only consumer as it is, else a copy for each. */
  #outcome(input: Input, source: Outcome, outcomes: readonly Outcome[]): Outcome {
    const outcome = input === 'source' ? source : outcomes[input];
    if (outcome === undefined || !outcome.batch.objects) return outcome;
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

function answers({ spec }: TaskExecution, portal: Path): boolean {
  for (const answered of spec.answers) if (answered.path === portal) return true;
  return false;
}

function inputsWithSeveralConsumers(spec: WorkflowSpec): Set<Input> {
  const seen = new Set<Input>();
  const several = new Set<Input>();
  for (const input of [...spec.tasks.flatMap((task) => task.inputs), ...spec.sink]) {
    (seen.has(input) ? several : seen).add(input);
  }
  return several;
}
