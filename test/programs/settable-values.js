// One handler with locals of every kind that can be set, or cannot.
class Account {
  #cents = 500;
  owner = 'ann';
  get #half() {
    return this.#cents / 2;
  }
  get cents() {
    return this.#cents + 0 * this.#half;
  }
  set euros(value) {
    this.#cents = value * 100;
  }
  get euros() {
    return this.#cents / 100;
  }
}

const builder = PortalsJS.ApplicationBuilder('settable');
builder
  .workflowsWithName('show')
  .source(builder.generators.fromArray([1]).stream)
  .map((ctx) => (x) => {
    let variable = 1;
    const constant = { inside: 1 };
    const name = Symbol('name');
    const object = { plain: 1, 'odd name': 2, nested: { deep: 3 }, [name]: 4 };
    const frozen = Object.freeze({ a: 1 });
    const sealed = Object.seal({ a: 1 });
    const partly = Object.defineProperty({ free: 1 }, 'fixed', { value: 1, enumerable: true });
    const array = [1, 2, 3];
    const frozenArray = Object.freeze([1]);
    const bytes = new Uint8Array([1, 2]);
    const clamped = new Uint8ClampedArray([1]);
    const huge = new BigInt64Array([1n]);
    const floats = new Float32Array([1]);
    const key = { id: 1 };
    const map = new Map([
      ['a', 1],
      [2, 'two'],
      [key, 'by object'],
    ]);
    const twins = new Map([
      [{ id: 1 }, 'first'],
      [{ id: 1 }, 'second'],
    ]);
    const set = new Set(['x', 'y', 'z']);
    const account = new Account();
    const accessors = {
      stored: 1,
      get both() {
        return this.stored;
      },
      set both(value) {
        this.stored = value * 2;
      },
      get readOnly() {
        return 1;
      },
      set fails(value) {
        throw new RangeError(`not ${value}`);
      },
    };
    const heir = Object.create(accessors, { own: { value: 1, writable: true, enumerable: true } });
    const proxy = new Proxy({ a: 1 }, { set: () => false });
    const add = () => variable + constant.inside;
    const state = PortalsJS.PerKeyState('seen', 0, ctx);
    state.set({ count: x });
    void [object, frozen, sealed, partly, array, frozenArray, bytes, clamped, huge, floats];
    void [map, twins, set, account, heir, proxy, add];
    variable++;
    return x; // the place to stop
  })
  .withName('task')
  .sink()
  .freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
