import { parse } from 'acorn';
import { type Bundle, scopesOf } from '../../../program/index.ts';

/** A function of the script that returns its outermost variables by their names in the script. */
export const NAME_ACCESS = 'portals$names';

const RETURN = 'return module.exports;\n})';

/**
 * Adds {@link NAME_ACCESS} at the end of the script, where no position changes. V8 keeps a variable
 * of a function that has returned only if a closure refers to it; a function that refers to all of
 * them makes every top-level variable of the program readable at every stop. It is also the way to
 * a variable whose name in the script is hidden by a local one.
 */
export function withNameAccess(bundle: Bundle): Bundle {
  const { code } = bundle;
  const end = code.lastIndexOf(RETURN);
  if (end < 0) return bundle;
  const accessors = ['PortalsJS', ...outermostNames(code)].map(
    (name) => `get ${name}() { return ${name}; }, set ${name}(value) { ${name} = value; },`,
  );
  const access = `function ${NAME_ACCESS}() { return { __proto__: null, ${NAME_ACCESS}, ${accessors.join(
    ' ',
  )} }; }\n`;
  return { ...bundle, code: code.slice(0, end) + access + code.slice(end) };
}

function outermostNames(code: string): readonly string[] {
  try {
    const { globalScope } = scopesOf(parse(code, { ecmaVersion: 'latest', ranges: true }));
    const variables = globalScope?.childScopes[0]?.variables ?? [];
    // The parameters and the bundler's helpers are no variables of the author.
    return variables
      .filter(({ defs }) => defs.length > 0 && defs.every(({ type }) => type !== 'Parameter'))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('__'));
  } catch {
    // V8 reports the error when the program is loaded.
    return [];
  }
}
