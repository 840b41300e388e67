import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ModelBreakpoint } from '../agent/index.ts';
import type { BreakpointKind } from './model-breakpoints.ts';
import { type ModelName, matchesOf, noMatch, readModelName } from './model-name.ts';

/** The protocol gives these no mode yet; a client may. */
type AskedBreakpoint = DebugProtocol.FunctionBreakpoint & { readonly mode?: string };

/** Breakpoints on names of the model. */
export const FUNCTION_BREAKPOINTS: BreakpointKind<AskedBreakpoint, ModelName, ModelBreakpoint> = {
  read: ({ name, mode }, topology) => ({ meant: readModelName(name, topology), mode }),
  statusIn(topology, meant) {
    if (meant.pattern === undefined) return { verified: true };
    const matches = matchesOf(meant, topology);
    if (matches.length > 0) return { verified: true, message: `stops for ${matches.join(', ')}` };
    return { verified: false, reason: 'failed', message: noMatch(meant, topology) };
  },
  ruleOf: (id, { name }, meant, terms) => ({ id, name, ...meant, ...terms }),
};
