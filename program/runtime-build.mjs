/**
 * How the runtime is bundled: as one script that leaves its exports in the variable
 * `PortalsRuntime`, with neither Node nor a module loader.
 *
 * The program shares the realm and may replace a global, `Math.random` or `JSON.parse`. Therefore
 * the script takes the globals and their functions that it uses before any program runs, as
 * constants. Methods of prototypes have no such substitute; the runtime locks them.
 */

/** Every global of the language that the runtime may name. */
const GLOBALS = [
  ...['Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Date'],
  ...['Promise', 'RegExp', 'JSON', 'Math', 'Intl', 'Reflect', 'Proxy', 'Map', 'Set', 'WeakMap'],
  ...['WeakSet', 'WeakRef', 'FinalizationRegistry', 'ArrayBuffer', 'SharedArrayBuffer'],
  ...['DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array'],
  ...['BigUint64Array', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError'],
  ...['SyntaxError', 'TypeError', 'URIError', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'],
  ...['encodeURIComponent', 'decodeURIComponent'],
];

/** Those whose functions do not depend on `this`. */
const HOLDERS = [
  ...['Object', 'Array', 'Number', 'String', 'Symbol', 'BigInt', 'Date', 'JSON', 'Math'],
  ...['Reflect', 'ArrayBuffer', 'Error'],
];

const FUNCTIONS = HOLDERS.flatMap((holder) => {
  const object = Reflect.get(globalThis, holder);
  return Object.getOwnPropertyNames(object)
    .filter((name) => name !== 'prepareStackTrace' && typeof object[name] === 'function')
    .map((name) => /** @type {const} */ ([`${holder}.${name}`, `$${holder}_${name}`]));
});

const CONSTANTS = [
  `const { ${GLOBALS.join(', ')} } = globalThis;`,
  ...FUNCTIONS.map(([path, constant]) => `const ${constant} = ${path};`),
];

/** @satisfies {import('esbuild').BuildOptions} */
export const RUNTIME_BUILD = {
  bundle: true,
  platform: /** @type {const} */ ('neutral'),
  format: /** @type {const} */ ('iife'),
  globalName: 'PortalsRuntime',
  target: 'es2022',
  define: Object.fromEntries(FUNCTIONS),
  banner: { js: `var PortalsRuntime = (() => { ${CONSTANTS.join(' ')}` },
  footer: { js: 'return PortalsRuntime; })();' },
};
