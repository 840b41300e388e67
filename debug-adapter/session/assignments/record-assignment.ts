import { PAUSE_GROUP } from '../../v8/agent-client.ts';
import { type CallFrame, innermost } from '../../v8/pause.ts';
import { assignmentsIn } from '../../v8/script/assigned-names.ts';
import { locationOfPause } from '../../v8/step-state.ts';
import { outputOf } from '../output-formatter.ts';
import type { Session } from '../session.ts';

/** What a person has assigned where the program stands. */
interface Assigned {
  /** What has another value now, as the person calls it. */
  readonly name: string;
  /** What made the run go another way, in words. */
  readonly reason: string;
  /** An expression that does the same at the innermost frame; absent where there is none. */
  readonly assignment: string | undefined;
}

/** Records the assignment as an input, so that replays of this position repeat it. */
export async function recordAssignment(session: Session, assigned: Assigned): Promise<void> {
  const { execution, pause } = session;
  const { name, reason, assignment } = assigned;
  const top = innermost(pause);
  const place = execution.navigator.positions.latest;
  if (!top || !place?.path || assignment === undefined) {
    const line = `'${name}' is set in this run only: going back from here on undoes it`;
    return session.sendEvent('output', outputOf('console', line));
  }
  const at = locationOfPause(pause);
  const { moment, path: trail } = place;
  const arrival = await execution.navigator.replayer.hitCountAt(at, { moment, path: trail });
  await execution.change(reason, (control) => control.call('assign', at, arrival, assignment));
  session.sendChanged();
}

/** The Debug Console has evaluated `expression` in `call`: shows and remembers what it assigned. */
export async function recordEvaluatedAssignments(
  session: Session,
  expression: string,
  call: CallFrame | undefined,
): Promise<void> {
  const { variables, targets } = assignmentsIn(expression);
  const [name] = targets;
  if (name === undefined) return;
  const { names } = session.execution.image.sources;
  for (const variable of call ? variables : []) {
    if (call) await refreshValue(session, call, names.inScript(variable, call.location));
  }
  const isHere = call !== undefined && call.callFrameId === innermost(session.pause)?.callFrameId;
  const assignment = isHere ? names.translate(expression, call.location) : undefined;
  await recordAssignment(session, { name, reason: expression.trim(), assignment });
  session.invalidate('variables');
}

/** V8 shows what variables were when the program came to its stop. */
async function refreshValue(session: Session, call: CallFrame, name: string): Promise<void> {
  const { variables: containers, debuggee } = session;
  const { cdp } = debuggee;
  for (const { object, type } of call.scopeChain) {
    const { objectId } = object;
    if (type === 'global' || objectId === undefined) continue;
    const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
    if (!result.some((each) => each.name === name)) continue;
    const asked = { callFrameId: call.callFrameId, expression: name, objectGroup: PAUSE_GROUP };
    const { result: value } = await cdp.send('Debugger.evaluateOnCallFrame', asked);
    containers.assign(objectId, name, value);
    return;
  }
}
