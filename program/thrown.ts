import { type CallSite, innerErrorsOf, preview } from '../runtime/index.ts';
import { type Diagnostic, formatPosition, type SourcePosition } from './diagnostic.ts';
import { innerDiagnostics } from './inner-diagnostics.ts';
import type { Positions } from './positions.ts';
import { PROGRAM_URL } from './program-url.ts';

/**
 * What a program threw, as a diagnostic with positions in the author's sources. Anything can be
 * thrown, from any realm; nothing is assumed about it.
 */
export function diagnoseThrown(thrown: unknown, positions: Positions): Diagnostic {
  const stack = textOf(thrown, 'stack') ?? '';
  const site = siteOf(thrown, 'site');
  const source =
    positions.ofCallSite(site) ?? positions.ofStack(stack) ?? syntaxPosition(stack, positions);
  const frames = positions.frames(stack);
  return {
    code: codeOf(thrown),
    message: describe(thrown) + placeOfFirst(thrown, source, positions),
    ...(source && { source }),
    ...(frames.length > 0 && { stack: frames }),
    ...innerDiagnostics(innerErrorsOf(thrown), positions),
  };
}

/** Errors of the runtime have codes of their own. */
function codeOf(thrown: unknown): string {
  const code = textOf(thrown, 'code');
  return code?.startsWith('PORTALS_') ? code : 'PORTALS_PROGRAM_THREW';
}

function describe(thrown: unknown): string {
  const message = textOf(thrown, 'message');
  if (message === undefined) return `the program threw ${preview(thrown)}`;
  const name = textOf(thrown, 'name') ?? 'Error';
  return name === 'PortalsError' ? message : `${name}: ${message}`;
}

/** Where the first of two builder calls stands that are in each other's way. */
function placeOfFirst(
  thrown: unknown,
  source: SourcePosition | undefined,
  positions: Positions,
): string {
  const first = positions.ofCallSite(siteOf(thrown, 'first'));
  if (first === undefined) return '';
  const place = first.file === source?.file ? `line ${first.line}` : formatPosition(first);
  return ` (the first one is at ${place})`;
}

/** What the engine rejects, though the bundler accepted it, begins its stack with `url:line`. */
function syntaxPosition(stack: string, positions: Positions): SourcePosition | undefined {
  const [, line] = new RegExp(`^${PROGRAM_URL}:(\\d+)\\n`).exec(stack) ?? [];
  if (line === undefined) return undefined;
  return positions.firstOfLine(Number(line));
}

/** A program may throw anything, and call anything a site. */
function siteOf(thrown: unknown, name: 'site' | 'first'): CallSite | undefined {
  const site = property(thrown, name);
  const url = textOf(site, 'url');
  const [line, column] = [property(site, 'line'), property(site, 'column')];
  if (url === undefined || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { url, line, column };
}

function textOf(thrown: unknown, name: string): string | undefined {
  const value = property(thrown, name);
  return typeof value === 'string' ? value : undefined;
}

function property(thrown: unknown, name: string): unknown {
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) {
    return undefined;
  }
  try {
    return (thrown as Record<string, unknown>)[name];
  } catch {
    // A getter or proxy of the author's that throws in turn.
    return undefined;
  }
}
