import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Protocol } from 'devtools-protocol';
import type { Path } from '../../runtime/index.ts';
import type { ViewRef } from '../agent/index.ts';
import type { CallFrame } from '../v8/pause.ts';
import type { Frame } from './frames.ts';
import type { VariableStore } from './variable-store.ts';

type Scope = DebugProtocol.Scope;

/** What can be looked at from `frame`: the variables of its code, then the model's. */
export function scopesOf(frame: Frame, containers: VariableStore): Scope[] {
  const code = frame.callFrame ? codeScopes(frame.callFrame, containers) : [];
  return [...code, ...modelScopes(frame, containers)];
}

const NAMES: Partial<Record<Protocol.Debugger.Scope['type'], string>> = {
  local: 'Local',
  block: 'Block',
  catch: 'Catch',
  closure: 'Closure',
  module: 'Module',
  eval: 'Eval',
  with: 'With',
};

/** V8's scopes, innermost first. */
function codeScopes(call: CallFrame, containers: VariableStore): Scope[] {
  return call.scopeChain.flatMap((scope, scopeNumber) => {
    const known = NAMES[scope.type];
    const { objectId } = scope.object;
    if (known === undefined || objectId === undefined) return [];
    const isModule = isModuleScope(scope);
    const named = scope.type === 'closure' && scope.name ? ` (${scope.name})` : '';
    const settable = { callFrameId: call.callFrameId, scopeNumber };
    const variablesReference = containers.add({
      kind: 'scope',
      objectId,
      isModule,
      place: call.location,
      settable,
    });
    return {
      name: isModule ? 'Module' : `${known}${named}`,
      variablesReference,
      expensive: false,
      ...(scope.type === 'local' && { presentationHint: 'locals' as const }),
    };
  });
}

/** The bundler makes the author's modules the body of one function, which opens the script. */
export function isModuleScope({ startLocation }: Protocol.Debugger.Scope): boolean {
  return startLocation?.lineNumber === 0;
}

/** In an order, and under names, that do not change from step to step. */
function modelScopes({ unit, active }: Frame, containers: VariableStore): Scope[] {
  const scope = (name: string, ref: ViewRef, expensive = false): Scope => ({
    name,
    expensive,
    variablesReference: containers.add({ kind: 'view', ref }),
  });
  const event = [
    scope('Event', { view: 'event' }),
    scope('State of this key', { view: 'key-state' }),
  ];
  const ofUnit = (path: Path) => [scope('Task state', { view: 'task-state', unit: path })];
  const about = unit === undefined ? {} : { unit };
  return [
    ...(unit !== undefined && active ? event : []),
    ...(unit === undefined ? [] : ofUnit(unit)),
    ...(active && unit !== undefined
      ? [scope('Uncommitted effects', { view: 'uncommitted' })]
      : []),
    scope('All keys', { view: 'all-keys', ...about }),
    scope('Continuations', { view: 'continuations', ...about }),
    scope('Streams', { view: 'streams' }, true),
    scope('Portals', { view: 'portals' }, true),
    ...(unit === undefined ? [scope('Enabled steps', { view: 'choices' })] : []),
  ];
}
