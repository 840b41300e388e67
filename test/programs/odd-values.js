// One handler with locals that notice when they are looked at, or break what looks at them.
const touched = [];
const touch = (what) => {
  touched.push(what);
  return what;
};

const noisyTraps = (name) =>
  new Proxy(
    {},
    {
      get:
        (_, trap) =>
        (target, property, ...rest) => {
          touch(`${name}.${trap} ${String(property)}`);
          return Reflect[trap](target, property, ...rest);
        },
    },
  );

class Tagged {
  field = 1;
  get [Symbol.toStringTag]() {
    return touch('toStringTag');
  }
}

class Noisy {
  plain = 1;
  get value() {
    return touch('Noisy.value');
  }
  toString() {
    return touch('toString');
  }
  toJSON() {
    return touch('toJSON');
  }
  valueOf() {
    return touch('valueOf');
  }
  [Symbol.toPrimitive]() {
    return touch('toPrimitive');
  }
  inspect() {
    return touch('inspect');
  }
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return touch('inspect.custom');
  }
  [Symbol.iterator]() {
    return touch('iterator');
  }
  get ['constructor']() {
    return touch('constructor');
  }
}

class NoisyList extends Array {
  static get [Symbol.species]() {
    return touch('species');
  }
  get size() {
    return touch('size');
  }
  slice() {
    return touch('slice');
  }
}

class NoisyMap extends Map {
  get size() {
    return touch('Map.size');
  }
  get [Symbol.toStringTag]() {
    return touch('Map.toStringTag');
  }
  entries() {
    return touch('entries');
  }
  [Symbol.iterator]() {
    return touch('Map.iterator');
  }
}

class NoisyBytes extends Uint8Array {
  get length() {
    return touch('Bytes.length');
  }
}

class NoisyPattern extends RegExp {
  get global() {
    return touch('global');
  }
  get flags() {
    return touch('flags');
  }
}

class NoisyError extends Error {
  get message() {
    return touch('message');
  }
  get name() {
    return touch('name');
  }
}

class Account {
  #cents = 500;
  static #made = 0;
  #log = { entries: [1, 2] };
  owner = 'ann';
  get #half() {
    return touch('#half') && this.#cents / 2;
  }
  #audit() {
    return this.#cents;
  }
  get cents() {
    return this.#cents + (this.#half ? 0 : 0) + (this.#audit() ? 0 : 0) + (this.#log ? 0 : 0);
  }
  static get made() {
    return Account.#made;
  }
}

const builder = PortalsJS.ApplicationBuilder('odd');
builder
  .workflowsWithName('show')
  .source(builder.generators.fromArray([1]).stream)
  .map((ctx) => (x) => {
    const good = { a: { b: null } };
    const throwing = new Proxy(
      {},
      {
        get() {
          throw new Error('get');
        },
        ownKeys() {
          throw new Error('ownKeys');
        },
        getPrototypeOf() {
          throw new Error('getPrototypeOf');
        },
        getOwnPropertyDescriptor() {
          throw new Error('getOwnPropertyDescriptor');
        },
      },
    );
    const counting = new Proxy({ hidden: 1 }, noisyTraps('counting'));
    const callable = new Proxy(function named() {}, noisyTraps('callable'));
    const listed = new Proxy([1, 2, 3], noisyTraps('listed'));
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const guarded = new Proxy(
      {},
      {
        ownKeys: () => [touch('ownKeys')],
        getOwnPropertyDescriptor: () => touch('getOwnPropertyDescriptor') && undefined,
        getPrototypeOf: () => touch('getPrototypeOf') && null,
      },
    );
    const heir = Object.assign(Object.create(guarded), { own: 1 });
    const tagged = new Tagged();
    const badTag = {
      x: 1,
      get [Symbol.toStringTag]() {
        throw new Error('tag');
      },
    };
    const noisy = new Noisy();
    const list = NoisyList.from([1, 2]);
    Object.defineProperty(list, 2, { enumerable: true, get: () => touch('item') });
    const map = new NoisyMap([['k', { v: 1 }]]);
    const bytes = new NoisyBytes([7, 8]);
    const pattern = new NoisyPattern('a+', 'gi');
    const failure = new NoisyError('hidden');
    // V8 makes the text of the stack when it is first read, with the name as it is then.
    void failure.stack;
    const accessors = {
      get throws() {
        throw new Error('getter');
      },
      get counts() {
        return touch('getter');
      },
      set written(value) {
        touch(`written ${value}`);
      },
    };
    const nested = { good, throwing, revoked, badTag, counting, accessors };
    const when = new Date(0);
    const account = new Account();
    const state = PortalsJS.PerKeyState('seen', {}, ctx);
    state.set({ x, good });
    ctx.emit({ good });
    void [nested, callable, listed, revoke, heir, tagged, noisy, list, map, bytes, pattern];
    void [failure, when, account];
    touched.length = 0;
    return x; // the place to stop
  })
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
