import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DataBreakpoint, StateTarget } from '../agent/index.ts';
import { dataIdOf, readDataId, targetText } from './data-id.ts';
import type { BreakpointKind } from './model-breakpoints.ts';

/** Breakpoints on states. */
export const DATA_BREAKPOINTS: BreakpointKind<
  DebugProtocol.DataBreakpoint,
  StateTarget,
  DataBreakpoint
> = {
  read({ dataId }) {
    const { target, mode } = readDataId(dataId);
    return { meant: target, mode };
  },
  statusIn({ nodes }, { task }) {
    if (nodes.some(({ path }) => path === task)) return { verified: true };
    const message = `there is no task ${task} in what has been launched`;
    return { verified: false, reason: 'failed', message };
  },
  ruleOf(id, { accessType = 'write' }, target, terms) {
    return { id, name: targetText(target), ...target, access: accessType, ...terms };
  },
};

/** How a variable of a view, or an expression, answers the question whether it can be watched. */
export function dataBreakpointInfo(
  target: StateTarget | undefined,
  name: string,
  mode: string | undefined,
): DebugProtocol.DataBreakpointInfoResponse['body'] {
  if (!target) {
    const description = `'${name}' is no state: what PerKeyState and PerTaskState hold can be watched`;
    return { dataId: null, description };
  }
  return {
    dataId: dataIdOf(target, mode),
    description: targetText(target),
    accessTypes: ['read', 'write', 'readWrite'],
    canPersist: true,
  };
}
