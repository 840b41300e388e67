import type { Input, WorkflowSpec } from '../model/application.ts';
import type { Path } from '../paths.ts';
import type { Marker, TaskInput } from './activation.ts';
import { type Batch, EMPTY_BATCH, joined } from './batch.ts';
import type { Ask, Reply } from './messages.ts';
import { rehearse } from './rehearsal.ts';
import { runEvents, runMarker, runReplies, runRequests } from './run-task.ts';
import { Suspensions } from './suspensions.ts';
import { TaskExecution } from './task-execution.ts';
import type { World } from './world.ts';

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
export type OnFailure = (thrown: unknown, at: Path) => void;

const ATOM_COMPLETE: Marker = { kind: 'atomComplete' };
const NOTHING = {};

/** A running workflow: its tasks' state and continuations, and how it processes one atom. */
export class WorkflowExecution {
  readonly spec: WorkflowSpec;
  readonly tasks: readonly TaskExecution[];
  readonly suspensions: Suspensions;
  readonly #world: World;
  readonly #forked: ReadonlySet<Input>;

  constructor(spec: WorkflowSpec, world: World) {
    this.spec = spec;
    this.#world = world;
    this.suspensions = new Suspensions(world.epoch);
    this.tasks = spec.tasks.map(
      (task) => new TaskExecution(task, spec.path, this.suspensions, world),
    );
    this.#forked = inputsWithSeveralConsumers(spec);
  }

  /**
   * Runs the tasks in topological order, each over the whole batch of its inputs. A batch of
   * requests or replies enters at the portal's task and reaches only what is downstream of it;
   * where that is nothing, there is no output.
   */
  process(input: WorkflowInput, onFailure: OnFailure): WorkflowOutput | undefined {
    const outcomes: Outcome[] = [];
    const source: Outcome =
      input.kind === 'atom'
        ? { batch: input.batch, failure: input.marker.kind === 'error' ? input.marker : undefined }
        : undefined;
    for (const task of this.tasks) {
      const reached = this.#gather(task.spec.inputs, source, outcomes);
      const taken = this.#taken(task, input, reached);
      outcomes.push(taken && this.#run(task, taken, reached?.failure, onFailure));
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

  #run(
    task: TaskExecution,
    input: TaskInput,
    failure: WorkflowOutput['failure'],
    onFailure: OnFailure,
  ): Outcome {
    const world = this.#world;
    let batch = EMPTY_BATCH;
    task.begin();
    task.memory?.record(input);
    try {
      if (input.events !== undefined) batch = runEvents(task, input.events, world);
      if (input.asks !== undefined) batch = joined(batch, runRequests(task, input.asks, world));
      if (input.replies !== undefined) {
        batch = joined(batch, runReplies(task, input.replies, world));
      }
      batch = joined(batch, runMarker(task, input.marker, world));
      task.close();
      return { batch, failure };
    } catch (thrown) {
      const emitted = task.emitted();
      onFailure(thrown, task.spec.path);
      task.close();
      return { batch: joined(batch, emitted), failure: { thrown } };
    }
  }

  /** What `task` consumes: what has `reached` it, and what enters at it from a portal. */
  #taken(task: TaskExecution, input: WorkflowInput, reached: Outcome): TaskInput | undefined {
    const { asks, replies } = this.#entering(task, input);
    if (reached === undefined && asks === undefined && replies === undefined) return undefined;
    const cause = input.kind === 'atom' && input.marker.kind !== 'error' ? input.marker : undefined;
    const marker: Marker =
      reached?.failure === undefined
        ? (cause ?? ATOM_COMPLETE)
        : { kind: 'error', thrown: reached.failure.thrown };
    return { events: reached?.batch, asks, replies, marker };
  }

  #entering(
    task: TaskExecution,
    input: WorkflowInput,
  ): Partial<Pick<TaskInput, 'asks' | 'replies'>> {
    if (input.kind === 'requests') {
      const answers = task.spec.answers.some((portal) => portal.path === input.portal);
      return answers ? { asks: input.asks } : NOTHING;
    }
    if (input.kind === 'atom') return NOTHING;
    // Replies that nobody awaits are dropped.
    const own = input.replies.filter(({ ask }) => ask.task === task.spec.path);
    return own.some(({ ask }) => this.suspensions.awaits(ask)) ? { replies: own } : NOTHING;
  }

  #gather(inputs: readonly Input[], source: Outcome, outcomes: readonly Outcome[]): Outcome {
    const [only] = inputs;
    if (only !== undefined && inputs.length === 1) return this.#outcome(only, source, outcomes);
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
    if (outcome === undefined || !this.#forked.has(input)) return outcome;
    return { batch: outcome.batch.copy(), failure: outcome.failure };
  }
}

function inputsWithSeveralConsumers(spec: WorkflowSpec): Set<Input> {
  const seen = new Set<Input>();
  const several = new Set<Input>();
  for (const input of [...spec.tasks.flatMap((task) => task.inputs), ...spec.sink]) {
    (seen.has(input) ? several : seen).add(input);
  }
  return several;
}
