import type { ExecutionHost } from '../tasks/execution-host.ts';
import { runEvents, runMarker, runReplies, runRequests } from '../tasks/run-task.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import type { WorkflowRunner } from '../tasks/workflow-runner.ts';
import type { Activation } from './activation.ts';
import { RecordingPortalClient } from './recording-portal-client.ts';

/** Whether an aborted attempt has run continuations of `workflow`, which must be rebuilt. */
export function isInvalidated(workflow: WorkflowRunner): boolean {
  return workflow.tasks.some((task) => recorderOf(task)?.lineages.isInvalidated === true);
}

/** Rebuilds the invalidated continuations of `workflow`; the epoch undoes its other changes. */
export function reExecute(workflow: WorkflowRunner, host: ExecutionHost): void {
  for (const task of workflow.tasks) reExecuteTask(task, host);
}

function recorderOf({ portalClient }: TaskRunner): RecordingPortalClient | undefined {
  return portalClient instanceof RecordingPortalClient ? portalClient : undefined;
}

/**
 * Makes the continuations of `task` anew that an aborted attempt has run, and all that may share
 * objects with them: the handlers that registered them are run once more, and the continuations
 * that had been committed since, with what they got then. What they do besides goes nowhere.
 */
function reExecuteTask(task: TaskRunner, world: ExecutionHost): void {
  const memory = recorderOf(task);
  if (memory === undefined) return;
  for (const activation of memory.lineages.takeInvalidated()) {
    if (activation.environment !== undefined) world.environment?.restore(activation.environment);
    const run = () => repeat(task, memory, activation, world);
    const staged = task.stores.reduce((inner, store) => {
      return () => store.reExecuteWith(activation.state.get(store), inner);
    }, run);
    staged();
  }
}

function repeat(
  task: TaskRunner,
  memory: RecordingPortalClient,
  activation: Activation,
  world: ExecutionHost,
): void {
  const { input } = activation;
  const { events, requests, replies } = input;
  memory.reExecute(activation);
  task.begin(input);
  try {
    // Whatever is remembered may be needed once more, so that handlers get copies of it.
    if (events !== undefined) runEvents(task, events.copy(), world);
    if (requests !== undefined) runRequests(task, requests, world);
    if (replies !== undefined) runReplies(task, replies, world);
    runMarker(task, input, world);
  } catch {
    // As then: the exception that ended the atom has been told, and ends it here.
  } finally {
    task.abort();
  }
}
