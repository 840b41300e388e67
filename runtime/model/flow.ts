import { captureCallSite } from '../call-site.ts';
import { PortalsError } from '../errors.ts';
import type { TaskContext } from '../execution/context.ts';
import { streamOf } from '../paths.ts';
import type { Input } from './application.ts';
import {
  Behaviour,
  type Handler,
  logger,
  type MarkerHandler,
  tasks,
  type Wrapper,
} from './behaviour.ts';
import {
  chained,
  expectTask,
  initialised,
  stepping,
  virtualStateMachine,
  wrapped,
} from './composition.ts';
import {
  expectFunction,
  expectReference,
  type PortalReference,
  ProducerReference,
  StreamReference,
} from './references.ts';
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
  readonly #tails: readonly Input[];

  constructor(registration: Registration, workflow: WorkflowDraft, tails: readonly Input[]) {
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

  /** The flow of this one's events and those of `flows`, all of the same workflow. */
  union(flows: Flow | readonly Flow[]): Flow {
    const others = Array.isArray(flows) ? flows : [flows];
    const tails = new Set(this.#tails);
    for (const other of others) {
      if (!(other instanceof Flow) || other.#workflow !== this.#workflow) {
        throw new PortalsError(
          'PORTALS_WRONG_KIND',
          'union expects flows of the same workflow; join different workflows by a sequencer',
          { path: this.#workflow.path },
        );
      }
      for (const tail of other.#tails) tails.add(tail);
    }
    return new Flow(this.#registration, this.#workflow, [...tails]);
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
  init(factory: (ctx: TaskContext) => unknown): Flow {
    return this.#add(initialised(factory));
  }
  vsm(initial: unknown): Flow {
    return this.#add(virtualStateMachine(initial));
  }

  asker(portal: unknown, handler: Handler): Flow {
    expectFunction(handler, 'asker', 'ctx => value => …');
    const behaviour = new Behaviour('asker', 'ignored', { onNext: handler });
    return this.#add(behaviour, portals(portal, 'asker'));
  }

  replier(portal: unknown, handler: Handler, onRequest: Handler): Flow {
    expectFunction(handler, 'replier', 'ctx => value => … for events');
    expectFunction(onRequest, 'replier', 'ctx => request => … for requests');
    const behaviour = new Behaviour('replier', 'ignored', { onNext: handler, onRequest });
    return this.#add(behaviour, [], portals(portal, 'replier'));
  }

  askerreplier(ask: unknown, answer: unknown, handler: Handler, onRequest: Handler): Flow {
    expectFunction(handler, 'askerreplier', 'ctx => value => … for events');
    expectFunction(onRequest, 'askerreplier', 'ctx => request => … for requests');
    const behaviour = new Behaviour('asker-replier', 'ignored', { onNext: handler, onRequest });
    return this.#add(behaviour, portals(ask, 'askerreplier'), portals(answer, 'askerreplier'));
  }

  /** Names the latest task. */
  withName(name: string): Flow {
    this.#latest('withName').name = String(name);
    return this;
  }
  withOnNext(onNext: Handler): Flow {
    expectFunction(onNext, 'withOnNext', 'ctx => value => …');
    return this.#change('withOnNext', (task) => task.with({ onNext }, 'ignored'));
  }
  withOnError(onError: Handler): Flow {
    expectFunction(onError, 'withOnError', 'ctx => error => …');
    return this.#change('withOnError', (task) => task.with({ onError }));
  }
  withOnComplete(onComplete: MarkerHandler): Flow {
    expectFunction(onComplete, 'withOnComplete', 'ctx => …');
    return this.#change('withOnComplete', (task) => task.with({ onComplete }));
  }
  withOnAtomComplete(onAtomComplete: MarkerHandler): Flow {
    expectFunction(onAtomComplete, 'withOnAtomComplete', 'ctx => …');
    return this.#change('withOnAtomComplete', (task) => task.with({ onAtomComplete }));
  }
  withWrapper(wrapper: Wrapper): Flow {
    return this.#change('withWrapper', (task) => wrapped(task, wrapper));
  }
  withStep(next: unknown): Flow {
    return this.#change('withStep', (task) => stepping(task, 1, next, 'withStep'));
  }
  withLoop(atoms: number, next: unknown): Flow {
    return this.#change('withLoop', (task) => stepping(task, atoms, next, 'withLoop'));
  }
  withAndThen(next: unknown): Flow {
    return this.#change('withAndThen', (task) => chained(task, next));
  }

  /** Gives every task of the workflow so far this `onAtomComplete`. */
  allWithOnAtomComplete(onAtomComplete: MarkerHandler): Flow {
    expectFunction(onAtomComplete, 'allWithOnAtomComplete', 'ctx => …');
    return this.#changeAll((task) => task.with({ onAtomComplete }));
  }
  /** Wraps the event handler of every task of the workflow so far. */
  allWithWrapper(wrapper: Wrapper): Flow {
    return this.#changeAll((task) => wrapped(task, wrapper));
  }

  #add(
    behaviour: Behaviour,
    asks: readonly PortalReference[] = [],
    answers: readonly PortalReference[] = [],
  ): Flow {
    const name = this.#registration.freshName();
    const site = captureCallSite();
    const inputs = this.#tails;
    const index = this.#workflow.add({ name, behaviour, inputs, asks, answers, site });
    return new Flow(this.#registration, this.#workflow, [index]);
  }

  #change(method: string, change: (behaviour: Behaviour) => Behaviour): Flow {
    const task = this.#latest(method);
    task.behaviour = change(task.behaviour);
    return this;
  }

  #changeAll(change: (behaviour: Behaviour) => Behaviour): Flow {
    this.#workflow.expectOpen();
    for (const task of this.#workflow.tasks) task.behaviour = change(task.behaviour);
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
