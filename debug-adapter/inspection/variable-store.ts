import type { Protocol } from 'devtools-protocol';
import type { ViewRef } from '../agent/index.ts';
import type { BreakLocation } from '../breakpoints/break-locations.ts';
import { AdapterError } from '../dap/errors.ts';
import type { ScriptPlace } from '../v8/script/script-variables.ts';
import { Locations } from './locations.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;

/** Something that unfolds into variables. */
export type VariableContainer =
  | ObjectContainer
  /** Some of the properties of an object that has many. */
  | {
      readonly kind: 'range';
      readonly of: ObjectContainer;
      readonly start: number;
      readonly count: number;
    }
  /** Variables of a V8 scope, which can be set while their frame is on the stack. */
  | {
      readonly kind: 'scope';
      readonly objectId: string;
      readonly isModule: boolean;
      /** Where the program is in the frame whose scope it is. */
      readonly place: ScriptPlace;
      readonly settable?: { readonly callFrameId: string; readonly scopeNumber: number };
    }
  /** A property that is read only when asked for, because reading it runs the author's code. */
  | PropertyContainer
  /** What a function has captured. */
  | { readonly kind: 'captured'; readonly objectId: string }
  | { readonly kind: 'view'; readonly ref: ViewRef }
  /** Places of the program to go to; it unfolds into nothing. */
  | { readonly kind: 'line'; readonly places: readonly BreakLocation[] };

/** An object of the program; `expression` evaluates to it, if one does. */
export interface ObjectContainer {
  readonly kind: 'object';
  readonly objectId: string;
  readonly shape: ObjectShape;
  readonly expression?: string;
}

export interface PropertyContainer {
  readonly kind: 'getter';
  readonly objectId: string;
  readonly name: string;
  /** The key, if it is not the name. */
  readonly symbol?: RemoteObject;
  readonly isPrivate?: true;
}

/** Where in its container the value of a row is kept. */
export type Slot =
  | { readonly kind: 'property'; readonly name: string; readonly symbol?: RemoteObject }
  | { readonly kind: 'private'; readonly name: string }
  | { readonly kind: 'entry'; readonly key: RemoteObject }
  | { readonly kind: 'item'; readonly value: RemoteObject };

/** How an object's parts are numbered: `length` items, or none. */
export type ObjectShape =
  | { readonly kind: 'plain' }
  | { readonly kind: 'proxy' }
  | { readonly kind: 'list' | 'map' | 'set'; readonly length: number };

/** The references of one stop. Numbers are never used again, so an old one is recognised. */
export class VariableStore {
  private readonly known = new Map<number, VariableContainer>();
  private lastReference = 0;
  private readonly slots = new WeakMap<VariableContainer, ReadonlyMap<string, readonly Slot[]>>();
  readonly locations = new Locations();
  /** By scopes' objects: V8 shows what variables were when the program came to its stop. */
  private readonly assigned = new Map<string, Map<string, RemoteObject>>();

  /** Remembers where the values of rows that have been shown of a container are kept. */
  keepSlots(
    container: VariableContainer,
    rows: readonly (readonly [string, Slot | undefined])[],
  ): void {
    const shown = new Map<string, readonly Slot[]>();
    for (const [name, slot] of rows) {
      if (slot) shown.set(name, [...(shown.get(name) ?? []), slot]);
    }
    // Rows that are shown again replace those of their names.
    this.slots.set(container, new Map([...(this.slots.get(container) ?? []), ...shown]));
  }

  hasSlots(container: VariableContainer): boolean {
    return this.slots.has(container);
  }

  /** Where the values of the rows called `name` are kept. */
  slotsOf(container: VariableContainer, name: string): readonly Slot[] {
    return this.slots.get(container)?.get(name) ?? [];
  }

  add(container: VariableContainer): number {
    this.known.set(++this.lastReference, container);
    return this.lastReference;
  }

  get(reference: number): VariableContainer {
    const container = this.known.get(reference);
    if (container) return container;
    throw new AdapterError(
      'STALE_REFERENCE',
      `reference ${reference} is gone: the program has run on`,
    );
  }

  /** Remembers what a variable of a scope was set to. */
  assign(scopeId: string, name: string, value: RemoteObject): void {
    const known = this.assigned.get(scopeId) ?? new Map<string, RemoteObject>();
    this.assigned.set(scopeId, known.set(name, value));
  }

  /** What a variable has been set to at this stop, if it has. */
  assignedTo(scopeId: string, name: string): RemoteObject | undefined {
    return this.assigned.get(scopeId)?.get(name);
  }

  clear(): void {
    this.known.clear();
    this.assigned.clear();
    this.locations.clear();
  }
}
