import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Debuggee } from '../v8/debuggee.ts';
import type { CallFrame } from '../v8/pause.ts';
import { Handle } from '../v8/remote-function.ts';
import type { Sources } from '../v8/script/sources.ts';
import { evaluateValue } from './evaluation.ts';
import { membersOf } from './remote-functions.ts';
import { isModuleScope } from './scopes.ts';

type Item = DebugProtocol.CompletionItem;

/** A property access at the end of a text: what it is of, and the name's beginning. */
const MEMBER =
  /([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*)\.([\p{ID_Continue}$]*)$/u;
const NAME = /([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

/** What may stand at `column` (from 1) of `text`: members of an object, or variables in sight. */
export async function complete(
  debuggee: Debuggee,
  sources: Sources,
  text: string,
  column: number,
  call: CallFrame | undefined,
): Promise<Item[]> {
  const before = text.slice(0, column - 1);
  const [, owner, member = ''] = MEMBER.exec(before) ?? [];
  if (owner !== undefined) {
    return itemsOf(
      await membersIn(debuggee, sources, call, owner),
      member,
      'property',
      before.length,
    );
  }
  const [, name = ''] = NAME.exec(before) ?? [];
  return itemsOf(await variablesInSight(debuggee, sources, call), name, 'variable', before.length);
}

function itemsOf(names: readonly string[], typed: string, type: Item['type'], end: number): Item[] {
  const start = end - typed.length + 1;
  return [...new Set(names)]
    .filter((name) => name.startsWith(typed))
    .map((label) => ({ label, start, length: typed.length, ...(type && { type }) }));
}

/** Runs no getter and no author's function; the chain of prototypes is walked as V8 sees it. */
async function membersIn(
  debuggee: Debuggee,
  sources: Sources,
  call: CallFrame | undefined,
  owner: string,
): Promise<readonly string[]> {
  const evaluation = { expression: `Object(${owner})`, call, context: 'hover' };
  const value = await evaluateValue(debuggee, sources, evaluation).catch(() => undefined);
  if (value?.objectId === undefined) return [];
  return debuggee.agentClient.data(membersOf, new Handle<object>(value));
}

async function variablesInSight(
  { cdp }: Debuggee,
  { names }: Sources,
  call: CallFrame | undefined,
): Promise<readonly string[]> {
  if (!call) return ['PortalsJS'];
  const found: string[] = [];
  for (const scope of call.scopeChain) {
    const { objectId } = scope.object;
    if (scope.type === 'global' || objectId === undefined || isModuleScope(scope)) continue;
    const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
    found.push(...result.map(({ name }) => names.shown(name, call.location)));
  }
  return [...found, ...names.moduleNames(call.location).keys(), 'PortalsJS'];
}
