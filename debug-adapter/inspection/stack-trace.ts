import type { DebugProtocol } from '@vscode/debugprotocol';
import type { SourcePosition } from '../../program/index.ts';
import type { Choice, Path, Topology } from '../../runtime/index.ts';
import { type CallFrame, isInHandler, type Pause } from '../v8/pause.ts';
import type { Sources } from '../v8/script/sources.ts';
import { eventLabel } from './event-label.ts';
import type { Frame, FrameStore } from './frames.ts';
import { elementLabel, inputLabel, stepLabel } from './labels.ts';

type StackFrame = DebugProtocol.StackFrame;

/** What the stacks of one stop are made of. */
export interface StackInputs {
  readonly pause: Pause;
  readonly topology: Topology;
  readonly sources: Sources;
  readonly frames: FrameStore;
  /** The step that the client has chosen to be the next. */
  readonly chosen: Choice | undefined;
}

/** The workflow that is processing; the scheduler works when there is none. */
export function activeWorkflow(
  { status }: Pause['snapshot'],
  topology: Topology,
): Path | undefined {
  const between = status?.phase === 'boundary' || status?.phase === 'complete';
  const unit = between ? undefined : status?.choice?.unit;
  return topology.nodes.some(({ kind, path }) => kind === 'workflow' && path === unit)
    ? unit
    : undefined;
}

/** The stack of `workflow`'s thread, or of the scheduler's. */
export function stackTraceOf(at: StackInputs, workflow: Path | undefined): readonly StackFrame[] {
  const active = activeWorkflow(at.pause.snapshot, at.topology);
  if (workflow === undefined) return schedulerStack(at, active);
  return workflow === active ? processingStack(at, workflow) : [waitingFrame(at, workflow)];
}

/** The handler's lines, then the event, the task and the atom that they are run for. */
function processingStack(at: StackInputs, unit: Path): readonly StackFrame[] {
  const { pause } = at;
  const event = pause.snapshot.status?.event;
  const frame: Frame = { unit, active: true };
  const ofEvent: Frame = { ...frame, restarts: 'event' };
  const name = event && `${event.cause} handler of ${elementLabel(event.task)}`;
  const lines = pause.handler.flatMap((call, index) => {
    const outermost = index === pause.handler.length - 1;
    const own: Frame = { ...frame, restarts: isInHandler(pause) ? 'handler' : 'event' };
    return callFrames(at, { ...own, callFrame: call }, outermost ? name : undefined);
  });
  const thrown = thrownFrame(at, frame, name);
  const labels = event
    ? [
        label(at, ofEvent, `${eventLabel(event)}${keyOf(pause)}`, event.task),
        label(at, ofEvent, `task ${elementLabel(event.task)}`, event.task),
      ]
    : [];
  const ofAtom: Frame = { ...frame, restarts: 'atom' };
  return [...lines, ...thrown, ...labels, label(at, ofAtom, atomText(pause), unit)];
}

/** Where a handler threw that is no longer on the stack. */
function thrownFrame(at: StackInputs, frame: Frame, name = 'handler'): readonly StackFrame[] {
  const { cause } = at.pause;
  if (cause.kind !== 'model' || cause.stop.kind !== 'handler-error') return [];
  const position = at.sources.positions.ofStack(cause.stop.error.stack ?? '');
  if (!position) return [];
  const id = at.frames.add({ ...frame, restarts: 'event' });
  return [{ ...placed(position, at.sources), id, name: `${name} (has thrown)`, canRestart: true }];
}

/** What is being done, or comes next; then the program's own lines, if it drives the system. */
function schedulerStack(at: StackInputs, active: Path | undefined): readonly StackFrame[] {
  const { status } = at.pause.snapshot;
  const frame: Frame = { active: active === undefined };
  const show = (calls: readonly CallFrame[]) =>
    calls.flatMap((call) => callFrames(at, { ...frame, callFrame: call }, undefined));
  const driver = show(at.pause.driver);
  const handler = active ? [] : show(at.pause.handler);
  if (!status || at.topology.nodes.length === 0) return [...handler, ...driver];
  const { choice, step } = status;
  // It stands nowhere, so that clients do not mark a line besides the one that is being run.
  if (active && choice) return [label(at, frame, `step ${step}: ${stepLabel(choice)}`), ...driver];
  const next = at.chosen ?? nextStep(at.pause);
  const text = next ? `before step ${step}: ${stepLabel(next)}` : idleText(at.pause, step);
  // Clients show the state of a frame by themselves only if it stands somewhere: where nothing of
  // the program is under way, that is where the application is built.
  const builder = driver.length === 0 ? at.topology.applications[0]?.path : undefined;
  return [...handler, label(at, frame, text, next?.unit ?? builder), ...driver];
}

function idleText({ cause }: Pause, step: number): string {
  const rests = cause.kind === 'model' && cause.stop.kind === 'rested';
  return rests ? `at rest after ${step} steps` : `before step ${step}`;
}

/** What the scheduler would do now; the client may have chosen otherwise. */
export function nextStep({ cause, snapshot: standing }: Pause): Choice | undefined {
  if (standing.status?.phase === 'processing') return standing.status.choice;
  return cause.kind === 'model' && 'next' in cause.stop ? cause.stop.next : undefined;
}

function waitingFrame(at: StackInputs, unit: Path): StackFrame {
  return label(at, { unit, active: false }, waitingText(at, unit), unit);
}

function waitingText({ pause, topology }: StackInputs, unit: Path): string {
  const { status } = pause.snapshot;
  if (!status) return 'not started';
  const state = status.units[unit] ?? 'idle';
  const queued = topology.edges
    .filter(({ kind, to }) => kind === 'stream' && to === unit)
    .reduce((sum, { id }) => sum + (status.queues[id] ?? 0), 0);
  const pending = Object.entries(status.continuations)
    .filter(([task]) => task.startsWith(`${unit}/`))
    .reduce((sum, [, count]) => sum + count, 0);
  const parts = [
    ...(queued > 0 ? [`${queued} atom${queued === 1 ? '' : 's'} queued`] : []),
    ...(pending > 0 ? [`waits for ${pending} repl${pending === 1 ? 'y' : 'ies'}`] : []),
  ];
  return parts.length > 0 ? `${state}, ${parts.join(', ')}` : state;
}

function atomText({ snapshot: standing }: Pause): string {
  const { choice, step, attempt } = standing.status ?? {};
  if (!choice) return `before step ${step ?? 0}`;
  const again = attempt !== undefined && attempt > 1 ? `, attempt ${attempt}` : '';
  return `${inputLabel(choice)} (step ${step}${again})`;
}

function keyOf({ snapshot: standing }: Pause): string {
  const { eventKey } = standing;
  return eventKey === undefined ? '' : ` (key ${eventKey})`;
}

/** A frame of the author's code; what the bundler added to it is not shown. */
function callFrames(
  at: StackInputs,
  frame: Frame & { readonly callFrame: CallFrame },
  name = '(anonymous)',
): readonly StackFrame[] {
  const position = at.sources.ofLocation(frame.callFrame.location);
  if (!position) return [];
  const { functionName, functionLocation, location } = frame.callFrame;
  const shown = at.sources.names.shownFunction(functionName, functionLocation ?? location);
  const known = shown || name;
  const canRestart = frame.restarts !== undefined;
  const { sources } = at;
  return [{ ...placed(position, sources), id: at.frames.add(frame), name: known, canRestart }];
}

/**
 * A frame of the model: it stands where the element was built, at the beginning of the line, as
 * clients bring the column into view, and at the end of a long chain nothing else would be.
 */
function label(at: StackInputs, frame: Frame, name: string, path?: Path): StackFrame {
  const { nodes, applications } = at.topology;
  const site = [...nodes, ...applications].find((element) => element.path === path)?.site;
  const built = at.sources.ofSite(site);
  const position = placed(built && { ...built, column: 1 }, at.sources);
  const canRestart = frame.restarts !== undefined;
  return { ...position, id: at.frames.add(frame), name, presentationHint: 'label', canRestart };
}

function placed(position: SourcePosition | undefined, sources: Sources) {
  if (!position) return { line: 0, column: 0 };
  const { file, line, column } = position;
  return { source: sources.sourceOf(file), line, column };
}
