import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { Path } from '../../../runtime/index.ts';
import type { StateTarget, ViewRef } from '../../agent/index.ts';
import { AdapterError } from '../../dap/errors.ts';
import { evaluatedValue, refused, setInScope, setPart } from '../../inspection/assignment.ts';
import { formatValues } from '../../inspection/remote-values.ts';
import type { VariableReader } from '../../inspection/variable-reader.ts';
import type { Slot, VariableContainer } from '../../inspection/variable-store.ts';
import { variablesOf, withoutLocationMark } from '../../inspection/variables.ts';
import { framesOf, innermost } from '../../v8/pause.ts';
import { variableReaderOf } from '../pause-reading.ts';
import type { Session } from '../session.ts';
import { recordAssignment } from './record-assignment.ts';

/** Gives a state, a variable of the author's code, or a part of an object, another value. */
export async function setVariable(
  session: Session,
  container: VariableContainer,
  name: string,
  source: string,
): Promise<DebugProtocol.SetVariableResponse['body']> {
  const reader = variableReaderOf(session);
  if (container.kind === 'view') {
    await setState(session, container.ref, name, withoutLocationMark(source));
    const rows = await variablesOf(reader, container, {});
    const row = rows.find((each) => each.name === name);
    if (row) return row;
    throw new AdapterError('INTERNAL', `the state '${name}' has been set, but is shown no more`);
  }
  const assigned = await assign(session, reader, container, name, source);
  const [shown] = await formatValues([{ name, value: assigned.value }], reader);
  if (!shown) throw new AdapterError('INTERNAL', 'the value cannot be shown');
  const { assignment } = assigned;
  await recordAssignment(session, { name, reason: `set ${name} to ${source}`, assignment });
  const { name: _name, ...body } = shown;
  return body;
}

interface Assigned {
  /** What is there now. */
  readonly value: Protocol.Runtime.RemoteObject;
  /** An expression that does the same at the innermost frame; `undefined` where there is none. */
  readonly assignment: string | undefined;
}

async function assign(
  session: Session,
  reader: VariableReader,
  container: Exclude<VariableContainer, { kind: 'view' }>,
  name: string,
  source: string,
): Promise<Assigned> {
  const here = innermost(session.pause);
  if (container.kind === 'scope') {
    const { settable, place } = container;
    const frame = framesOf(session.pause).find(
      (each) => each.callFrameId === settable?.callFrameId,
    );
    const given = await evaluatedValue(reader, source, frame);
    const value = await setInScope(reader, container, name, given, frame);
    const isHere = here !== undefined && frame?.callFrameId === here.callFrameId;
    const { names } = reader.sources;
    const assignment = isHere ? names.translate(`${name} = (${source}\n)`, place) : undefined;
    return { value, assignment };
  }
  if (container.kind === 'captured') {
    throw refused(name, 'it is a variable of a function that is not on the stack');
  }
  if (container.kind === 'line') throw refused(name, 'it is not a variable');
  const owner = container.kind === 'range' ? container.of : container;
  const expression = owner.kind === 'object' ? owner.expression : undefined;
  if (expression?.startsWith('$state(')) {
    throw refused(name, 'it is a part of a state; set the state itself');
  }
  const slot = await slotOf(reader, container, name);
  const given = await evaluatedValue(reader, source, here);
  const value = await setPart(reader, owner.objectId, slot, given);
  return { value, assignment: partAssignment(expression, slot, source) };
}

/** Where the row `name` keeps its value; rows that have not been shown yet are looked up. */
async function slotOf(
  reader: VariableReader,
  container: VariableContainer,
  name: string,
): Promise<Slot> {
  const { variables } = reader;
  const known = variables.hasSlots(container) ? variables.slotsOf(container, name) : [undefined];
  // Keys that are objects may look alike, also those that have not been shown.
  const isUnsure = known.some((each) => !each || (each.kind === 'entry' && each.key.objectId));
  if (isUnsure) await variablesOf(reader, container, {});
  const [slot, ...others] = variables.slotsOf(container, name);
  if (!slot) throw refused(name, 'it is not a part of the object that can be set');
  if (others.length > 0) throw refused(name, `${others.length + 1} entries are shown like this`);
  return slot;
}

function partAssignment(owner: string | undefined, slot: Slot, source: string): string | undefined {
  if (owner === undefined || slot.kind !== 'property' || slot.symbol) return undefined;
  return `(${owner})[${JSON.stringify(slot.name)}] = (${source}\n)`;
}

/**
 * Sets the state that the row `name` of a view shows, or deletes it without a `source`. The run
 * then goes another way than it did, or would have gone.
 */
export async function setState(session: Session, ref: ViewRef, name: string, source?: string) {
  const { agentClient: control } = session.debuggee;
  const target = await control.call('stateTarget', name, ref);
  if (!target || (target.scope === 'key' && target.key === undefined)) {
    throw new AdapterError('UNSUPPORTED', `'${name}' cannot be set: it is not one state`);
  }
  await editState(session, target, source);
}

/** As {@link setState}; other views may show the state, too. */
export async function editState(
  session: Session,
  { task, state, key }: StateTarget,
  source?: string,
): Promise<void> {
  const what = `${state}${key === undefined ? '' : `[${key}]`} of ${task}`;
  const reason = source === undefined ? `deleted ${what}` : `set ${what} to ${source}`;
  const edited = { task: task as Path, name: state, ...(key !== undefined && { key }) };
  await session.execution.change(reason, (control) => control.edit(edited, source));
  session.sendChanged();
  session.invalidate('variables');
}
