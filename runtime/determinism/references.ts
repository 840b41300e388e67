import { noteProxy } from '../values/proxies.ts';
import { define, type Realm } from './realm.ts';

/**
 * `WeakRef` and `FinalizationRegistry` that never let go. The language allows an engine to keep
 * every object for ever, and it is the only behaviour that repeats.
 */
export function strongReferences(realm: Realm): void {
  define(realm, 'WeakRef', StrongRef);
  define(realm, 'FinalizationRegistry', IdleRegistry);
}

class StrongRef {
  readonly #target: object;

  constructor(target: object) {
    this.#target = target;
  }

  deref(): object {
    return this.#target;
  }

  static {
    define(StrongRef.prototype, Symbol.toStringTag, 'WeakRef');
    Object.defineProperty(StrongRef, 'name', { value: 'WeakRef' });
  }
}

class IdleRegistry {
  register(): void {}

  unregister(): boolean {
    return false;
  }

  static {
    define(IdleRegistry.prototype, Symbol.toStringTag, 'FinalizationRegistry');
    Object.defineProperty(IdleRegistry, 'name', { value: 'FinalizationRegistry' });
  }
}

/** A function that is not assigned to anything has no name, as the engine's has none. */
const nameless = (action: () => void): (() => void) => action;

const REVOKED = { target: null, handler: null };

/**
 * A `Proxy` that notes each proxy: nothing else distinguishes it from an ordinary object, and a
 * copy would silently lose its handler.
 */
export function notedProxies(realm: Realm): void {
  const RealProxy = realm.Proxy;
  const noted = new RealProxy(RealProxy, {
    construct: (_, [target, handler]) => {
      const proxy = new RealProxy(target, handler);
      noteProxy(proxy, { target, handler });
      return proxy;
    },
  });
  const { revocable } = RealProxy;
  define(RealProxy, 'revocable', (target: object, handler: ProxyHandler<object>) => {
    const { proxy, revoke } = revocable(target, handler);
    noteProxy(proxy, { target, handler });
    return {
      proxy,
      revoke: nameless(() => {
        noteProxy(proxy, REVOKED);
        revoke();
      }),
    };
  });
  define(realm, 'Proxy', noted);
}
