/**
 * The proxies that programs have made. Nothing in the language distinguishes a proxy from what it
 * stands for, and nearly everything that reads one runs its traps.
 */

/** What a proxy was made of; both are `null` after it has been revoked. */
export interface ProxyParts {
  readonly target: object | null;
  readonly handler: object | null;
}

export type ProxyRegistry = WeakMap<object, ProxyParts>;

let known: ProxyRegistry = new WeakMap();
let made = false;

export function noteProxy(proxy: object, parts: ProxyParts): void {
  known.set(proxy, parts);
  made = true;
}

/** Whether `value` is a proxy made by the program of this realm. */
export function isProxy(value: object): boolean {
  return made && known.has(value);
}

/** The parts of a proxy of any realm that shares its registry; `undefined` for other objects. */
export function proxyParts(value: object): ProxyParts | undefined {
  return known.get(value);
}

/** The registry of this copy of the runtime. */
export function proxyRegistry(): ProxyRegistry {
  return known;
}

/** Notes proxies in the registry of the host, whose copy of the runtime shows values as well. */
export function shareProxies(host: ProxyRegistry): void {
  known = host;
}
