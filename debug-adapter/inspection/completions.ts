import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Debuggee } from '../v8/debuggee.ts';
import type { CallFrame } from '../v8/pause.ts';
import { evaluateValue } from './evaluation.ts';

type Item = DebugProtocol.CompletionItem;

/** A property access at the end of a text: what it is of, and the name's beginning. */
const MEMBER =
  /([\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*)\.([\p{ID_Continue}$]*)$/u;
const NAME = /([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;

/** What may stand at `column` (from 1) of `text`: members of an object, or variables in sight. */
export async function complete(
  debuggee: Debuggee,
  text: string,
  column: number,
  call: CallFrame | undefined,
): Promise<Item[]> {
  const before = text.slice(0, column - 1);
  const [, owner, member = ''] = MEMBER.exec(before) ?? [];
  if (owner !== undefined) {
    return itemsOf(await membersOf(debuggee, call, owner), member, 'property', before.length);
  }
  const [, name = ''] = NAME.exec(before) ?? [];
  return itemsOf(await variablesInSight(debuggee, call), name, 'variable', before.length);
}

function itemsOf(names: readonly string[], typed: string, type: Item['type'], end: number): Item[] {
  const start = end - typed.length + 1;
  return [...new Set(names)]
    .filter((name) => name.startsWith(typed))
    .map((label) => ({ label, start, length: typed.length, ...(type && { type }) }));
}

/** Runs no getter and no author's function; the chain of prototypes is walked as V8 sees it. */
async function membersOf(
  debuggee: Debuggee,
  call: CallFrame | undefined,
  owner: string,
): Promise<readonly string[]> {
  const value = await evaluateValue(debuggee, call, `Object(${owner})`, 'hover').catch(
    () => undefined,
  );
  if (value?.objectId === undefined) return [];
  const { result } = await debuggee.cdp.send('Runtime.getProperties', {
    objectId: value.objectId,
    ownProperties: false,
  });
  return result.map(({ name }) => name).filter((name) => /^[\p{ID_Start}$_]/u.test(name));
}

async function variablesInSight(
  { cdp }: Debuggee,
  call: CallFrame | undefined,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { object, type } of call?.scopeChain ?? []) {
    if (type === 'global' || object.objectId === undefined) continue;
    const { objectId } = object;
    const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true });
    names.push(...result.map(({ name }) => name));
  }
  return [...names, 'PortalsJS'];
}
