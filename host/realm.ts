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
    evaluate: (code, url) => vm.runInContext(code, context, { filename: url }),
  };
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
