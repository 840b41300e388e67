import { noteProxy } from '../values/copyable.ts';
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

/**
 * A `Proxy` that notes each proxy: nothing else distinguishes it from an ordinary object, and a
 * copy would silently lose its handler.
 */
export function notedProxies(realm: Realm): void {
  const RealProxy = realm.Proxy;
  const note = <Made extends object>(proxy: Made): Made => {
    noteProxy(proxy);
    return proxy;
  };
  const noted = new RealProxy(RealProxy, {
    construct: (_, [target, handler]) => note(new RealProxy(target, handler)),
  });
  const { revocable } = RealProxy;
  define(RealProxy, 'revocable', (target: object, handler: ProxyHandler<object>) => {
    const made = revocable(target, handler);
    note(made.proxy);
    return made;
  });
  define(realm, 'Proxy', noted);
}
