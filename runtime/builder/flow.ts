import type { Upstream } from '../application/application.ts';
import { expectOperator, type Operator } from '../application/operator.ts';
import { expectName, ProducerReference, StreamReference } from '../application/references.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { streamOf } from '../contracts/paths.ts';
import { operators } from './operators.ts';
import { refinement } from './refinement.ts';
import type { Registration } from './registration.ts';
import type { TaskDraft, WorkflowDraft } from './workflow-draft.ts';

type WorkflowReference = ProducerReference<'workflow'>;

/**
 * A place in a workflow under construction: what is added next consumes what the tasks at `tails`
 * emit. Adding a task returns another flow after it, so a flow kept in a variable can be continued
 * twice (a fork), and `union` joins several flows.
 */
export class Flow {
  readonly #registration: Registration;
  readonly #workflow: WorkflowDraft;
  readonly #tails: readonly Upstream[];

  constructor(registration: Registration, workflow: WorkflowDraft, tails: readonly Upstream[]) {
    this.#registration = registration;
    this.#workflow = workflow;
    this.#tails = tails;
  }

  /** Sends the events here to the workflow's output stream. */
  sink(): Flow {
    this.#workflow.expectOpen();
    this.#workflow.sink.push(...this.#tails);
    return this;
  }

  /** Ends the workflow and returns it; its `.stream` is what it produces. */
  freeze(): WorkflowReference {
    return freezeWorkflow(this.#workflow);
  }

  /**
   * The flow of this one's events and those of `flows`, all of the same workflow. What is named
   * twice comes twice, as it does over two paths with tasks in them.
   */
  union(flows: Flow | readonly Flow[]): Flow {
    const others = Array.isArray(flows) ? flows : [flows];
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

  task(task: unknown): Flow {
    return this.#add(expectOperator(task, 'task'));
  }
  processor(handler: unknown): Flow {
    return this.#add(operators.processor(handler));
  }
  map(handler: unknown): Flow {
    return this.#add(operators.map(handler));
  }
  flatMap(handler: unknown): Flow {
    return this.#add(operators.flatMap(handler));
  }
  filter(predicate: unknown): Flow {
    return this.#add(operators.filter(predicate));
  }
  key(keyOf: unknown): Flow {
    return this.#add(operators.key(keyOf));
  }
  identity(): Flow {
    return this.#add(operators.identity());
  }
  logger(prefix: unknown = ''): Flow {
    return this.#add(operators.logger(prefix));
  }
  stash(handler: unknown): Flow {
    return this.#add(operators.stash(handler));
  }
  /** Runs `handler` for each event, for what it does; the events end here. */
  consume(handler: unknown): Flow {
    return this.#add(operators.consume(handler));
  }
  /** Passes every `every`-th event, counted over all keys. */
  sample(every: unknown): Flow {
    return this.#add(operators.sample(every));
  }
  /** Passes no event; atoms and seals go on. */
  nothing(): Flow {
    return this.#add(operators.nothing());
  }
  /** A flow without events: the first operand of a `union`, say. */
  empty(): Flow {
    return this.#add(operators.nothing());
  }
  init(factory: unknown): Flow {
    return this.#add(operators.init(factory));
  }
  vsm(initial: unknown): Flow {
    return this.#add(operators.vsm(initial));
  }
  asker(portal: unknown, handler: unknown): Flow {
    return this.#add(operators.asker(portal, handler));
  }
  replier(portal: unknown, handler: unknown, onRequest: unknown): Flow {
    return this.#add(operators.replier(portal, handler, onRequest));
  }
  askerreplier(ask: unknown, reply: unknown, handler: unknown, onRequest: unknown): Flow {
    return this.#add(operators.askerreplier(ask, reply, handler, onRequest));
  }

  /** Names the latest task. */
  withName(name: string): Flow {
    this.#latest('withName').name = expectName(name, 'withName');
    return this;
  }
  withOnNext(onNext: unknown): Flow {
    return this.#change('withOnNext', (task) => refinement.withOnNext(task, onNext));
  }
  withOnError(onError: unknown): Flow {
    return this.#change('withOnError', (task) => refinement.withOnError(task, onError));
  }
  withOnComplete(onComplete: unknown): Flow {
    return this.#change('withOnComplete', (task) => refinement.withOnComplete(task, onComplete));
  }
  withOnAtomComplete(handler: unknown): Flow {
    return this.#change('withOnAtomComplete', (task) =>
      refinement.withOnAtomComplete(task, handler),
    );
  }
  withWrapper(wrapper: unknown): Flow {
    return this.#change('withWrapper', (task) => refinement.withWrapper(task, wrapper));
  }
  withStep(next: unknown): Flow {
    return this.#change('withStep', (task) => refinement.withStep(task, next));
  }
  withLoop(atoms: unknown, next: unknown): Flow {
    return this.#change('withLoop', (task) => refinement.withLoop(task, atoms, next));
  }
  withAndThen(next: unknown): Flow {
    return this.#change('withAndThen', (task) => refinement.withAndThen(task, next));
  }

  /** Gives every task of the workflow so far this `onAtomComplete`. */
  allWithOnAtomComplete(handler: unknown): Flow {
    return this.#changeAll((task) => refinement.withOnAtomComplete(task, handler));
  }
  /** Wraps the event handler of every task of the workflow so far. */
  allWithWrapper(wrapper: unknown): Flow {
    return this.#changeAll((task) => refinement.withWrapper(task, wrapper));
  }

  #add(operator: Operator): Flow {
    const name = this.#registration.freshName();
    const site = captureCallSite();
    const index = this.#workflow.add({ name, operator, inputs: this.#tails, site });
    return new Flow(this.#registration, this.#workflow, [index]);
  }

  #change(method: string, change: (operator: Operator) => Operator): Flow {
    const task = this.#latest(method);
    task.operator = change(task.operator);
    return this;
  }

  #changeAll(change: (operator: Operator) => Operator): Flow {
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
export function freezeWorkflow(workflow: WorkflowDraft): WorkflowReference {
  workflow.freeze();
  const stream = new StreamReference(streamOf(workflow.path));
  return new ProducerReference('workflow', workflow.path, stream);
}
