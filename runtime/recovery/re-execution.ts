import { PortalsError } from '../contracts/errors.ts';
import type { AppError } from '../contracts/notices.ts';
import type { ExecutionHost } from '../tasks/execution-host.ts';
import { runEvents, runMarker, runReplies, runRequests } from '../tasks/run-task.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import type { WorkflowRunner } from '../tasks/workflow-runner.ts';
import type { Activation } from './activation.ts';
import { outsideModel } from './divergence-check.ts';
import { RecordingPortalClient } from './recording-portal-client.ts';

/** Whether an aborted attempt has run continuations of `workflow`, which must be rebuilt. */
export function isInvalidated(workflow: WorkflowRunner): boolean {
  return workflow.tasks.some((task) => recorderOf(task)?.lineages.isInvalidated === true);
}

/**
 * Rebuilds the invalidated continuations of `workflow`; the epoch undoes its other changes. Returns
 * an error for each activation that did something else than recorded; its continuations stay.
 *
 * @throws PortalsError PORTALS_LINEAGE_TOO_LONG if what would have to be executed is not recorded
 */
export function reExecute(workflow: WorkflowRunner, host: ExecutionHost): readonly AppError[] {
  return workflow.tasks.flatMap((task) => reExecuteTask(task, host));
}

function recorderOf({ portalClient }: TaskRunner): RecordingPortalClient | undefined {
  return portalClient instanceof RecordingPortalClient ? portalClient : undefined;
}

/**
 * Rebuilds the continuations of `task` that an aborted attempt has run, and all that may share
 * objects with them: the handlers that registered them are executed once more, and the
 * continuations that were committed since, with what they received then. Nothing else of what they
 * do has an effect.
 */
function reExecuteTask(task: TaskRunner, host: ExecutionHost): readonly AppError[] {
  const { spec } = task;
  const recorder = recorderOf(task);
  if (recorder === undefined) return [];
  const { activations, isTruncated } = recorder.lineages.takeInvalidated();
  if (isTruncated) throw lineageTooLong(spec.path, recorder.lineages.activationsMax);
  const errors: AppError[] = [];
  for (const activation of activations) {
    if (activation.environment !== undefined) host.environment?.restore(activation.environment);
    const run = () => repeat(task, recorder, activation, host);
    const staged = task.stores.reduce((inner, store) => {
      return () => store.reExecuteWith(activation.state.get(store), inner);
    }, run);
    staged();
    const difference = recorder.takeDifference();
    if (difference !== undefined) errors.push(outsideModel(WHAT, difference, spec.path));
  }
  return errors;
}

const WHAT =
  'after the crash, handlers were executed again to rebuild a continuation, and they did ' +
  'something else than before; the recorded continuation stays';

function repeat(
  task: TaskRunner,
  recorder: RecordingPortalClient,
  activation: Activation,
  host: ExecutionHost,
): void {
  const { input } = activation;
  const { events, requests, replies } = input;
  recorder.reExecute(activation);
  task.begin(input);
  try {
    // An activation may be executed again later, so handlers get copies of its events.
    if (events !== undefined) runEvents(task, events.copy(), host);
    if (requests !== undefined) runRequests(task, requests, host);
    if (replies !== undefined) runReplies(task, replies, host);
    runMarker(task, input, host);
    recorder.endReExecution(undefined);
  } catch (thrown) {
    recorder.endReExecution({ thrown });
  } finally {
    task.abort();
  }
}

function lineageTooLong(path: AppError['path'] & string, max: number): PortalsError {
  return new PortalsError(
    'PORTALS_LINEAGE_TOO_LONG',
    `the crash cannot be recovered from: a continuation of ${path} follows from more than ${max} ` +
      'others that may share variables with it, and no more are recorded; keep what the chain ' +
      'carries along in PerKeyState, or crash it earlier',
    { path },
  );
}
