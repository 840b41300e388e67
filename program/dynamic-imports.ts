import { parse } from 'acorn';
import { simple } from 'acorn-walk';

/** The global function of the realm that takes the place of the keyword. */
const REPLACEMENT = '__portalsImport';

/** Far more than parsing takes. */
const FRAMES_TO_PARSE = 1000;

/**
 * Throws unless `frames` more calls fit on the stack. V8 ends the process where the stack is too
 * small to compile a regular expression, of which the parser has many.
 */
function expectStack(frames: number): number {
  return frames === 0 ? 0 : 1 + expectStack(frames - 1);
}

/**
 * Replaces each dynamic import in `script` by a call of a function of the realm.
 *
 * @throws SyntaxError where the script cannot be parsed
 * @throws RangeError where the stack is too small to parse it
 */
export function withoutImports(script: string): string {
  expectStack(FRAMES_TO_PARSE);
  const syntax = parse(script, { ecmaVersion: 'latest', sourceType: 'script' });
  const starts: number[] = [];
  simple(syntax, {
    ImportExpression(node) {
      starts.push(node.start);
    },
  });
  let result = script;
  for (const start of starts.sort((one, other) => other - one)) {
    const rest = result.slice(start + 'import'.length);
    result = `${result.slice(0, start)}${REPLACEMENT}${rest}`;
  }
  return result;
}
