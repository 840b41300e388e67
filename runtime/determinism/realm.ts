/** The global object of the realm in which the runtime and the program are evaluated. */
export type Realm = typeof globalThis;

/** Defines a property the way the language defines its own: writable, hidden from enumeration. */
export function define(target: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(target, name, {
    value,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}
