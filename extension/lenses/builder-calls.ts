/** Where a program calls `ApplicationBuilder(…)`; both 0-based, as editors count. */
export interface BuilderCall {
  readonly line: number;
  readonly character: number;
}

/** Beyond this a file is generated or bundled: nobody reads it with code lenses. */
export const SOURCE_LENGTH_MAX = 1_000_000;

/**
 * Comments, strings and templates are matched so that they are skipped; what remains is a call if
 * it is not the declaration of a function with that name.
 */
const TOKEN =
  /\/\/.*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(\bfunction\s+)?\bApplicationBuilder\s*\(/g;

/** The builder calls in `source`, in order. */
export function findBuilderCalls(source: string): BuilderCall[] {
  const calls: BuilderCall[] = [];
  if (source.length > SOURCE_LENGTH_MAX || !source.includes('ApplicationBuilder')) return calls;
  let line = 0;
  let lineStart = 0;
  let counted = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (!match[0].startsWith('ApplicationBuilder')) continue;
    for (; counted < match.index; counted++) {
      if (source[counted] !== '\n') continue;
      line += 1;
      lineStart = counted + 1;
    }
    calls.push({ line, character: match.index - lineStart });
  }
  return calls;
}

/** True for the source of a portal app: it builds at least one application. */
export function isPortalApp(source: string): boolean {
  return findBuilderCalls(source).length > 0;
}
