import type { ExecutionHost } from '../tasks/execution-host.ts';
import { runEvents, runMarker, runReplies, runRequests } from '../tasks/run-task.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import type { Activation } from './activation.ts';
import type { RecordingPortalClient } from './recording-portal-client.ts';

/**
 * Makes the continuations of `task` anew that an aborted attempt has run, and all that may share
 * objects with them: the handlers that registered them are run once more, and the continuations
 * that had been committed since, with what they got then. What they do besides goes nowhere.
 */
export function reExecute(task: TaskRunner, world: ExecutionHost): void {
  const { recorder: memory } = task;
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
  const { events, requests: asks, replies, marker } = activation.input;
  memory.reExecute(activation);
  task.begin();
  try {
    // Whatever is remembered may be needed once more, so that handlers get copies of it.
    if (events !== undefined) runEvents(task, events.copy(), world);
    if (asks !== undefined) runRequests(task, asks, world);
    if (replies !== undefined) runReplies(task, replies, world);
    runMarker(task, marker, world);
  } catch {
    // As then: the exception that ended the atom has been told, and ends it here.
  } finally {
    task.abort();
  }
}
