/** The position of an `ApplicationBuilder(…)` call; both fields are 0-based. */
export interface BuilderCall {
  readonly line: number;
  readonly character: number;
}

/** Longer files are generated or bundled; they get no code lenses. */
export const SOURCE_LENGTH_MAX = 1_000_000;

/**
 * Matches comments, strings and templates to skip them; any other match is a call unless it is the
 * declaration of a function with that name.
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
