import { AdapterError } from '../dap/errors.ts';
import { stateByName, stateByVariable } from '../protocol.ts';
import { editState, setState } from '../session/assignments/set-variable.ts';
import { type RequestHandler, request } from './table.ts';

/** `portals/setState`, of a state by its name or as a row of Variables. */
export const settingState: RequestHandler = (session, args, command, seq) => {
  const isRow = typeof args === 'object' && args !== null && 'variablesReference' in args;
  return (isRow ? ofRow : byName)(session, args, command, seq);
};

const byName = request(stateByName, (session, args) => {
  const { task, state, key } = args;
  const scope = key === undefined ? 'task' : 'key';
  const target = { task, state, scope, ...(key !== undefined && { key }) } as const;
  return editState(session, target, args.expression);
});

const ofRow = request(stateByVariable, (session, { variablesReference, name, ...args }) => {
  const container = session.variables.get(variablesReference);
  if (container.kind === 'view') return setState(session, container.ref, name, args.expression);
  throw new AdapterError('UNSUPPORTED', `'${name}' is no state`);
});
