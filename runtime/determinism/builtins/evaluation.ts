import { sourceTextOf } from '../../values/source-text.ts';
import { define, type Realm } from '../realm.ts';
import { refusal } from '../refusal.ts';

/**
 * Replaces the dynamic imports in a script by calls of {@link IMPORT_FUNCTION}; throws where it
 * cannot parse the script. Hosts provide it: it takes a parser.
 */
export type ImportRewriter = (script: string) => string;

/** The function that stands for `import` in evaluated text. A host cannot replace the keyword. */
const IMPORT_FUNCTION = '__portalsImport';

const STACK_EXCEEDED = 'Maximum call stack size exceeded';
const REMEDY = 'modules are bundled before the run. Import it by a constant name, at the top.';

/**
 * Lets `eval` and the constructors of functions evaluate text only after its dynamic imports have
 * been replaced. V8 passes every `import()` to the host of the process, which answers with a
 * promise of its own realm, resolved or rejected: through the constructor of the promise's
 * constructor a program would have the machine's globals. No option of Node prevents that, so the
 * expression itself must not be compiled. The originals can be reached nowhere afterwards.
 *
 * Only the original `eval` reads the variables of its caller. Calls of the replacement evaluate in
 * the global scope, as indirect calls do.
 */
export function safeEvaluation(realm: Realm, withoutImports: ImportRewriter): void {
  const { eval: evaluate } = realm;
  Object.defineProperty(realm, IMPORT_FUNCTION, {
    value: (name: unknown) => Promise.reject(refusal(`import(${String(name)})`, REMEDY)),
  });
  const rewritten = (script: string): string => {
    // The keyword cannot be written with escapes.
    if (!script.includes('import')) return script;
    let result: string;
    try {
      result = withoutImports(script);
    } catch (error) {
      // The host's error is of the host's realm.
      if ((error as Error).name === 'RangeError') throw new RangeError(STACK_EXCEEDED);
      throw new SyntaxError('the text cannot be parsed, so its imports cannot be refused');
    }
    return result;
  };
  const replacement = {
    eval: (script: unknown): unknown =>
      evaluate(typeof script === 'string' ? rewritten(script) : (script as string)),
  };
  define(realm, 'eval', replacement.eval);
  const plain = replaceConstructor(realm.Function, realm.Function, evaluate, rewritten);
  define(realm, 'Function', plain);
  for (const example of EXAMPLES) {
    const real = example.constructor as FunctionConstructor;
    replaceConstructor(real, plain, evaluate, rewritten);
  }
}

const EXAMPLES: readonly object[] = [async () => {}, function* () {}, async function* () {}];

function replaceConstructor(
  real: FunctionConstructor,
  base: FunctionConstructor,
  evaluate: (script: string) => unknown,
  rewritten: (script: string) => string,
): FunctionConstructor {
  const { name } = real;
  const made = {
    [name]: function (this: unknown, ...parts: unknown[]): unknown {
      const texts = parts.map((part) => `${part}`);
      // Also says what is wrong with the text, with parameters and body apart.
      const target = new.target === undefined || new.target === made ? real : new.target;
      const result = Reflect.construct(real, texts, target) as object;
      // Not by its method, which a subclass may define: that would be handed the original.
      const script = `(${sourceTextOf(result)})`;
      const safe = rewritten(script);
      if (safe === script) return result;
      const replaced = evaluate(safe) as object;
      return Object.setPrototypeOf(replaced, Object.getPrototypeOf(result) as object);
    },
  }[name] as unknown as FunctionConstructor;
  Object.defineProperty(made, 'length', { value: 1 });
  Object.defineProperty(made, 'prototype', { value: real.prototype, writable: false });
  define(real.prototype, 'constructor', made);
  if (base !== real) Object.setPrototypeOf(made, base);
  return made;
}
