import type { Upstream } from '../application/application.ts';
import { expectOperator, type Operator } from '../application/operator.ts';
import { expectName, ProducerReference, StreamReference } from '../application/references.ts';
import type * as api from '../contracts/authors-api.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { streamOf } from '../contracts/paths.ts';
import { operators } from './operators.ts';
import { refinement } from './refinement.ts';
import type { Registration } from './registration.ts';
import type { TaskDraft, WorkflowDraft } from './workflow-draft.ts';

type WorkflowReference<Event> = ProducerReference<'workflow', Event>;

/** Only for the compiler: the property by which `api.FlowOf` knows its events. */
declare const FLOWING: keyof api.FlowOf<unknown>;

/**
 * A place in a workflow under construction: what is added next consumes what the tasks at `tails`
 * emit. Adding a task returns another flow after it, so a flow kept in a variable can be continued
 * twice (a fork), and `union` joins several flows.
 */
export class Flow<Event = unknown, Consumed = never, Context = api.TaskContext<Event>>
  implements api.TaskFlow<Event, Consumed, Context>
{
  declare readonly [FLOWING]: Event;
  readonly #registration: Registration;
  readonly #workflow: WorkflowDraft;
  readonly #tails: readonly Upstream[];

  constructor(registration: Registration, workflow: WorkflowDraft, tails: readonly Upstream[]) {
    this.#registration = registration;
    this.#workflow = workflow;
    this.#tails = tails;
  }

  /** Sends the events here to the workflow's output stream. */
  sink(): this {
    this.#workflow.expectOpen();
    this.#workflow.sink.push(...this.#tails);
    return this;
  }

  /** Ends the workflow and returns it; its `.stream` is what it produces. */
  freeze(): WorkflowReference<Event> {
    return freezeWorkflow<Event>(this.#workflow);
  }

  /**
   * The flow of this one's events and those of `flows`, all of the same workflow. What is named
   * twice comes twice, as it does over two paths with tasks in them.
   */
  union<F extends api.FlowOf<unknown>>(
    flows: F | readonly F[],
  ): Flow<Event | api.EventOf<F>, Event> {
    const others: readonly unknown[] = Array.isArray(flows) ? flows : [flows];
    const tails = [...this.#tails];
    for (const other of others) {
      if (!(other instanceof Flow) || other.#workflow !== this.#workflow) {
        throw new PortalsError(
          'PORTALS_WRONG_KIND',
          'union expects flows of the same workflow; join different workflows by a sequencer',
          { path: this.#workflow.path },
        );
      }
      tails.push(...other.#tails);
    }
    return new Flow(this.#registration, this.#workflow, tails);
  }

  task<Emitted>(task: unknown): Flow<Emitted, Event> {
    return this.#add(expectOperator(task, 'task'));
  }
  processor<Emitted>(handler: unknown): Flow<Emitted, Event> {
    return this.#add(operators.processor(handler));
  }
  map<Result>(handler: unknown): Flow<Result, Event> {
    return this.#add(operators.map(handler));
  }
  flatMap<Item>(handler: unknown): Flow<Item, Event> {
    return this.#add(operators.flatMap(handler));
  }
  filter<Kept extends Event>(predicate: (event: Event) => event is Kept): Flow<Kept, Event>;
  filter(predicate: (event: Event) => api.NotAPromise): Flow<Event, Event>;
  filter(predicate: unknown): Flow<Event, Event> {
    return this.#add(operators.filter(predicate));
  }
  key(keyOf: unknown): Flow<Event, Event> {
    return this.#add(operators.key(keyOf));
  }
  identity(): Flow<Event, Event> {
    return this.#add(operators.identity());
  }
  logger(prefix: unknown = ''): Flow<Event, Event> {
    return this.#add(operators.logger(prefix));
  }
  stash<Emitted>(handler: unknown): Flow<Emitted, Event> {
    return this.#add(operators.stash(handler));
  }
  /** Runs `handler` for each event, for what it does; the events end here. */
  consume(handler: unknown): Flow<never, Event> {
    return this.#add(operators.consume(handler));
  }
  /** Passes every `every`-th event, counted over all keys. */
  sample(every: unknown): Flow<Event, Event> {
    return this.#add(operators.sample(every));
  }
  /** Passes no event; atoms and seals pass. */
  nothing(): Flow<never, Event> {
    return this.#add(operators.nothing());
  }
  /** A flow without events: the first operand of a `union`, say. */
  empty<Other = never>(): Flow<Other, Event> {
    return this.#add(operators.nothing());
  }
  init<Emitted>(factory: unknown): Flow<Emitted, Event> {
    return this.#add(operators.init(factory));
  }
  vsm<Emitted>(initial: unknown): Flow<Emitted, Event> {
    return this.#add(operators.vsm(initial));
  }
  asker<Emitted>(
    portal: unknown,
    handler: unknown,
  ): Flow<Emitted, Event, api.AskerContext<Emitted>> {
    return this.#add(operators.asker(portal, handler));
  }
  replier<P extends api.AnyPortal, Emitted>(
    portal: api.Portals<P>,
    handler: unknown,
    onRequest: api.Handler<api.RequestOf<P>, api.ReplierContext<Emitted, api.ReplyOf<P>>>,
  ): Flow<Emitted, Event> {
    return this.#add(operators.replier(portal, handler, onRequest));
  }
  askerreplier<P extends api.AnyPortal, Emitted>(
    asked: api.Portals,
    answered: api.Portals<P>,
    handler: unknown,
    onRequest: api.Handler<api.RequestOf<P>, api.AskerReplierContext<Emitted, api.ReplyOf<P>>>,
  ): Flow<Emitted, Event, api.AskerContext<Emitted>> {
    return this.#add(operators.askerreplier(asked, answered, handler, onRequest));
  }

  /** Names the latest task. */
  withName(name: string): this {
    this.#latest('withName').name = expectName(name, 'withName');
    return this;
  }
  withOnNext(onNext: api.Handler<Consumed, Context>): this;
  withOnNext<Emitted>(
    onNext: api.Handler<Consumed, api.TaskContext<Emitted>>,
  ): Flow<Emitted, Consumed>;
  withOnNext(onNext: unknown): unknown {
    return this.#change('withOnNext', (task) => refinement.withOnNext(task, onNext));
  }
  withOnError(onError: unknown): this {
    return this.#change('withOnError', (task) => refinement.withOnError(task, onError));
  }
  withOnComplete(onComplete: unknown): this {
    return this.#change('withOnComplete', (task) => refinement.withOnComplete(task, onComplete));
  }
  withOnAtomComplete(handler: unknown): this {
    return this.#change('withOnAtomComplete', (task) =>
      refinement.withOnAtomComplete(task, handler),
    );
  }
  withWrapper(wrapper: unknown): this {
    return this.#change('withWrapper', (task) => refinement.withWrapper(task, wrapper));
  }
  withStep(next: unknown): this {
    return this.#change('withStep', (task) => refinement.withStep(task, next));
  }
  withLoop(atoms: unknown, next: unknown): this {
    return this.#change('withLoop', (task) => refinement.withLoop(task, atoms, next));
  }
  withAndThen<Emitted>(next: unknown): Flow<Emitted, Consumed> {
    this.#change('withAndThen', (task) => refinement.withAndThen(task, next));
    // The same place, of which other events are known now.
    return this as unknown as Flow<Emitted, Consumed>;
  }

  /** Gives every task of the workflow so far this `onAtomComplete`. */
  allWithOnAtomComplete(handler: unknown): this {
    return this.#changeAll((task) => refinement.withOnAtomComplete(task, handler));
  }
  /** Wraps the event handler of every task of the workflow so far. */
  allWithWrapper(wrapper: unknown): this {
    return this.#changeAll((task) => refinement.withWrapper(task, wrapper));
  }

  #add<Emitted, Own = api.TaskContext<Emitted>>(operator: Operator): Flow<Emitted, Event, Own> {
    const name = this.#registration.freshName();
    const site = captureCallSite();
    const index = this.#workflow.add({ name, operator, inputs: this.#tails, site });
    return new Flow(this.#registration, this.#workflow, [index]);
  }

  #change(method: string, change: (operator: Operator) => Operator): this {
    const task = this.#latest(method);
    task.operator = change(task.operator);
    return this;
  }

  #changeAll(change: (operator: Operator) => Operator): this {
    this.#workflow.expectOpen();
    for (const task of this.#workflow.tasks) task.operator = change(task.operator);
    return this;
  }

  #latest(method: string): TaskDraft {
    this.#workflow.expectOpen();
    const [tail, ...more] = this.#tails;
    const task = typeof tail === 'number' ? this.#workflow.tasks[tail] : undefined;
    if (task !== undefined && more.length === 0) return task;
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      `${method} applies to the latest task, but there is none here; add a task first`,
      { path: this.#workflow.path },
    );
  }
}

/** Freezes `workflow` and returns the reference to it. */
export function freezeWorkflow<Event>(workflow: WorkflowDraft): WorkflowReference<Event> {
  workflow.freeze();
  const stream = new StreamReference<Event>(streamOf(workflow.path));
  return new ProducerReference('workflow', workflow.path, stream);
}
