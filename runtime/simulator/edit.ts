import { PortalsError } from '../contracts/errors.ts';
import type { EditTarget, Input } from '../contracts/recorded-input.ts';
import type { RuntimeOptions } from '../contracts/simulator.ts';
import type { StateStore } from '../tasks/state-store.ts';
import { isolate } from '../values/isolate.ts';
import { keyFrom } from '../values/key.ts';
import type { RuntimeGraph } from './runtime-graph.ts';

type EditInput = Extract<Input, { kind: 'edit' }>;

/** A change of one state from outside; it can be made again when a crash has undone it. */
export class Edit {
  readonly #store: StateStore;
  readonly #key: unknown;
  readonly #value: unknown;
  readonly #deletes: boolean;

  private constructor(store: StateStore, key: unknown, value: unknown, deletes: boolean) {
    this.#store = store;
    this.#key = key;
    this.#value = value;
    this.#deletes = deletes;
  }

  /**
   * The edit that `input` asks for; its expressions are evaluated once, now.
   *
   * @throws PortalsError PORTALS_UNKNOWN_STATE, or what the expression throws
   */
  static of({ target, expression }: EditInput, graph: RuntimeGraph, options: RuntimeOptions): Edit {
    const store = storeOf(target, graph);
    const evaluated = (text: string | undefined) =>
      text === undefined ? undefined : options.evaluate?.(text);
    return new Edit(
      store,
      keyFrom(evaluated(target.key)),
      evaluated(expression),
      expression === undefined,
    );
  }

  /** Makes the change; `atRest` when no handler is at work that might hold what it replaces. */
  apply(atRest: boolean): void {
    if (this.#deletes) this.#store.delete(this.#key);
    else this.#store.set(this.#key, isolate(this.#value));
    if (atRest) this.#store.saveWorkingCopies();
  }
}

function storeOf({ task: path, name, key }: EditTarget, graph: RuntimeGraph): StateStore {
  for (const { runner: execution } of graph.workflows.values()) {
    const task = execution.tasks.find(({ spec }) => spec.path === path);
    const stores = key === undefined ? task?.taskStores : task?.keyStores;
    const store = stores?.get(name);
    if (store !== undefined) return store;
  }
  throw new PortalsError(
    'PORTALS_UNKNOWN_STATE',
    `${path} keeps no state '${name}'${key === undefined ? ' of its own' : ' by key'}; only a state ` +
      'that the task has used can be edited',
  );
}
