import type { Upstream } from '../application/application.ts';
import {
  type Handler,
  type MarkerHandler,
  Operator,
  type Wrapper,
} from '../application/operator.ts';
import {
  expectFunction,
  expectName,
  expectReference,
  type PortalReference,
  ProducerReference,
  StreamReference,
} from '../application/references.ts';
import { captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { streamOf } from '../contracts/paths.ts';
import type { TaskContext } from '../tasks/context.ts';
import { expectTask, initialised, virtualStateMachine } from './composition.ts';
import { refinement } from './refinement.ts';
import type { Registration } from './registration.ts';
import { logger, nothing, sampler } from './simple-tasks.ts';
import { type StashHandler, tasks } from './task.ts';
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
    return this.#add(expectTask(task, 'task'));
  }
  processor(handler: Handler): Flow {
    return this.#add(tasks.processor(handler));
  }
  map(handler: Handler): Flow {
    return this.#add(tasks.map(handler));
  }
  flatMap(handler: Handler): Flow {
    return this.#add(tasks.flatMap(handler));
  }
  filter(predicate: (value: unknown) => unknown): Flow {
    return this.#add(tasks.filter(predicate));
  }
  key(keyOf: (value: unknown) => unknown): Flow {
    return this.#add(tasks.key(keyOf));
  }
  identity(): Flow {
    return this.#add(tasks.identity());
  }
  logger(prefix = ''): Flow {
    return this.#add(logger(String(prefix)));
  }
  stash(handler: StashHandler): Flow {
    return this.#add(tasks.stash(handler));
  }

  /** Runs `handler` for each event, for what it does; the events end here. */
  consume(handler: Handler): Flow {
    expectFunction(handler, 'consume', 'ctx => value => …');
    return this.#add(new Operator('processor', 'ignored', { onNext: handler }));
  }
  /** Lets every `every`-th event pass, counted over all keys. */
  sample(every: number): Flow {
    return this.#add(sampler(every));
  }
  /** Lets no event pass; atoms and seals go on. */
  nothing(): Flow {
    return this.#add(nothing());
  }
  /** A flow without events, to be the first operand of a `union`, say. */
  empty(): Flow {
    return this.#add(nothing());
  }

  init(factory: (ctx: TaskContext) => unknown): Flow {
    return this.#add(initialised(factory));
  }
  vsm(initial: unknown): Flow {
    return this.#add(virtualStateMachine(initial));
  }

  asker(portal: unknown, handler: Handler): Flow {
    expectFunction(handler, 'asker', 'ctx => value => …');
    const behaviour = new Operator('asker', 'ignored', { onNext: handler });
    return this.#add(behaviour, portals(portal, 'asker'));
  }

  replier(portal: unknown, handler: Handler, onRequest: Handler): Flow {
    expectFunction(handler, 'replier', 'ctx => value => … for events');
    expectFunction(onRequest, 'replier', 'ctx => request => … for requests');
    const behaviour = new Operator('replier', 'ignored', { onNext: handler, onRequest });
    return this.#add(behaviour, [], portals(portal, 'replier'));
  }

  askerreplier(ask: unknown, answer: unknown, handler: Handler, onRequest: Handler): Flow {
    expectFunction(handler, 'askerreplier', 'ctx => value => … for events');
    expectFunction(onRequest, 'askerreplier', 'ctx => request => … for requests');
    const behaviour = new Operator('asker-replier', 'ignored', { onNext: handler, onRequest });
    return this.#add(behaviour, portals(ask, 'askerreplier'), portals(answer, 'askerreplier'));
  }

  /** Names the latest task. */
  withName(name: string): Flow {
    this.#latest('withName').name = expectName(name, 'withName');
    return this;
  }
  withOnNext(onNext: Handler): Flow {
    return this.#change('withOnNext', (task) => refinement.withOnNext(task, onNext));
  }
  withOnError(onError: Handler): Flow {
    return this.#change('withOnError', (task) => refinement.withOnError(task, onError));
  }
  withOnComplete(onComplete: MarkerHandler): Flow {
    return this.#change('withOnComplete', (task) => refinement.withOnComplete(task, onComplete));
  }
  withOnAtomComplete(handler: MarkerHandler): Flow {
    return this.#change('withOnAtomComplete', (task) =>
      refinement.withOnAtomComplete(task, handler),
    );
  }
  withWrapper(wrapper: Wrapper): Flow {
    return this.#change('withWrapper', (task) => refinement.withWrapper(task, wrapper));
  }
  withStep(next: unknown): Flow {
    return this.#change('withStep', (task) => refinement.withStep(task, next));
  }
  withLoop(atoms: number, next: unknown): Flow {
    return this.#change('withLoop', (task) => refinement.withLoop(task, atoms, next));
  }
  withAndThen(next: unknown): Flow {
    return this.#change('withAndThen', (task) => refinement.withAndThen(task, next));
  }

  /** Gives every task of the workflow so far this `onAtomComplete`. */
  allWithOnAtomComplete(handler: MarkerHandler): Flow {
    return this.#changeAll((task) => refinement.withOnAtomComplete(task, handler));
  }
  /** Wraps the event handler of every task of the workflow so far. */
  allWithWrapper(wrapper: Wrapper): Flow {
    return this.#changeAll((task) => refinement.withWrapper(task, wrapper));
  }

  #add(
    behaviour: Operator,
    asks: readonly PortalReference[] = [],
    answers: readonly PortalReference[] = [],
  ): Flow {
    const name = this.#registration.freshName();
    const site = captureCallSite();
    const inputs = this.#tails;
    const index = this.#workflow.add({
      name,
      operator: behaviour,
      inputs,
      asks,
      repliesTo: answers,
      site,
    });
    return new Flow(this.#registration, this.#workflow, [index]);
  }

  #change(method: string, change: (behaviour: Operator) => Operator): Flow {
    const task = this.#latest(method);
    task.operator = change(task.operator);
    return this;
  }

  #changeAll(change: (behaviour: Operator) => Operator): Flow {
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

function portals(value: unknown, method: string): PortalReference[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((portal) => expectReference('portal', portal, method));
}
