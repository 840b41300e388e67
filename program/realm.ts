import vm from 'node:vm';

/** What the host needs of a place to run in. A host in a browser makes it its own way. */
export interface Realm {
  /** Evaluates a script and returns its completion value. */
  evaluate(code: string, url: string): unknown;
  /** The global object of the place. */
  readonly global: typeof globalThis;
}

/**
 * A realm of its own on this thread: fresh built-ins, no Node, no DOM. Jobs of promises run at the
 * end of each evaluation, in order.
 */
export function createRealm(): Realm {
  const context = createContext();
  return {
    global: vm.runInContext('globalThis', context) as typeof globalThis,
    evaluate: (code, url) => compile(code, url).runInContext(context, PLAIN) as unknown,
  };
}

/** Errors keep their own text: Node would put the line of code above it. */
const PLAIN = { displayErrors: false } as const;

/** The latest script of each name, so that a second realm need not compile the runtime again. */
const compiled = new Map<string, { readonly code: string; readonly script: vm.Script }>();

function compile(code: string, url: string): vm.Script {
  const known = compiled.get(url);
  if (known?.code === code) return known.script;
  const script = new vm.Script(code, { filename: url, ...PLAIN });
  compiled.set(url, { code, script });
  return script;
}

/**
 * A context whose global object is an ordinary one. Where Node has no such (before 20.18), every
 * access to a global goes through an interceptor: the same behaviour, but 200 times slower.
 */
function createContext(): vm.Context {
  const { constants } = vm as { constants?: { readonly DONT_CONTEXTIFY?: unknown } };
  const ordinary = constants?.DONT_CONTEXTIFY as vm.Context | undefined;
  return vm.createContext(ordinary ?? {}, { name: 'portals', microtaskMode: 'afterEvaluate' });
}

/**
 * Evaluates the script of the runtime and returns its exports, so that no global of the realm leads
 * to them.
 */
export function evaluateRuntime(realm: Realm, code: string, url: string): unknown {
  return realm.evaluate(`(() => { ${code}\nreturn PortalsRuntime; })()`, url);
}
