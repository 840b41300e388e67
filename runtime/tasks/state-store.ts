import { equalValues } from '../values/equal.ts';
import { expectCopyable } from '../values/expect-copyable.ts';
import { isolate } from '../values/isolate.ts';
import type { Epoch, Recoverable } from './epoch.ts';

/** The value of a key that has none, and of a working copy that no handler has. */
const ABSENT = Symbol('absent');

/** The number of cells found without the map: as many as exist, between these powers of 2. */
const RECENT_MIN = 16;
const RECENT_MAX = 1024;

/** The arrays of an epoch with more changes are dropped, lest old values stay in memory. */
const CHANGES_KEPT_MAX = 4096;

/** The value under one key, and what is needed to undo its change. */
class Cell {
  readonly key: unknown;
  /** The store's own; `ABSENT` if the key has no value. */
  value: unknown = ABSENT;
  /** The latest epoch that changed the value, by the store's own count. */
  changedIn = 0;
  /** The object that handlers hold, and may change in place, until its changes are saved. */
  working: unknown = ABSENT;
  /** What the working copy is a copy of; `ABSENT` if a handler itself has set it. */
  original: unknown = ABSENT;
  /** The value before a handler itself has set an object, for an object that cannot be copied. */
  replaced: unknown = ABSENT;

  constructor(key: unknown) {
    this.key = key;
  }
}

/** Is called before a handler reads or changes the value under a key. */
export interface AccessObserver {
  onAccess(store: StateStore, key: unknown): void;
}

/** Is called for each access, and each time the store takes over a change. */
export interface StateObserver extends AccessObserver {
  /** The store has taken over a value; `undefined` if the key has none any more. */
  onWrite(store: StateStore, key: unknown, written: { readonly value: unknown } | undefined): void;
}

/**
 * The state of one task under one name: a value for each key. A handler gets a working copy of an
 * object and may change it in place; when the task has consumed its batch, {@link
 * saveWorkingCopies}
 * stores what changed. Primitives are never copied.
 */
export class StateStore implements Recoverable {
  #cells = new Map<unknown, Cell>();
  readonly #epoch: Epoch;
  readonly #observer: StateObserver | undefined;
  /** Cells with a working copy. */
  #handedOut: Cell[] = [];
  /**
   * The first `#changes` are the cells changed in the epoch under way, and their values before it.
   * The rest is of earlier epochs: an emptied array frees its memory, which the next epoch would
   * allocate again.
   */
  #changed: Cell[] = [];
  #olds: unknown[] = [];
  #changes = 0;
  /** How often a value was deleted in the epoch: only then are there cells to clear away. */
  #deletions = 0;
  /** Of the epoch under way. */
  #epochNumber = 1;
  /** Recently accessed cells, each at an index that its key determines: cheaper than the map. */
  #recent: (Cell | undefined)[] = new Array(RECENT_MIN);

  constructor(epoch: Epoch, observer?: StateObserver) {
    this.#epoch = epoch;
    this.#observer = observer;
  }

  /** The value under `key`, or `initial` if there is none. */
  get(key: unknown, initial?: unknown): unknown {
    if (this.#observer !== undefined) this.#observer.onAccess(this, key);
    let cell = this.#find(key);
    if (cell === undefined) {
      if (typeof initial !== 'object' || initial === null) return initial;
      cell = this.#add(key);
    }
    if (cell.working !== ABSENT) return cell.working;
    const value = cell.value === ABSENT ? initial : cell.value;
    if (typeof value !== 'object' || value === null) return value;
    const copy = isolate(value);
    // What cannot be copied needs no watching; but a value that is still only the initial one
    // must be remembered, so that the cell made for it is cleared away.
    if (copy !== value || cell.value === ABSENT) this.#handOut(cell, copy, value);
    return copy;
  }

  set(key: unknown, value: unknown): void {
    if (this.#observer !== undefined) this.#observer.onAccess(this, key);
    const isObject = typeof value === 'object' && value !== null;
    if (isObject) expectCopyable(value);
    const cell = this.#find(key) ?? this.#add(key);
    this.#remember(cell);
    if (isObject && (cell.working === ABSENT || cell.original !== ABSENT)) {
      cell.replaced = cell.value;
    }
    cell.value = value;
    if (isObject) this.#handOut(cell, value, ABSENT);
    else {
      cell.working = ABSENT;
      if (this.#observer !== undefined) this.#observer.onWrite(this, key, { value });
    }
  }

  delete(key: unknown): void {
    if (this.#observer !== undefined) this.#observer.onAccess(this, key);
    const cell = this.#find(key);
    if (cell === undefined) return;
    this.#remember(cell);
    this.#deletions += 1;
    cell.value = ABSENT;
    cell.working = ABSENT;
    if (this.#observer !== undefined) this.#observer.onWrite(this, key, undefined);
  }

  /** What the store itself keeps under `key`; no handler changes it in place. */
  stored(key: unknown): unknown {
    return this.#cells.get(key)?.value ?? ABSENT;
  }

  /**
   * Runs `run` with nothing but `values` in the store, each as {@link stored} gave it, and
   * forgets what became of them. Nothing may have changed in the epoch under way.
   */
  reExecuteWith(values: ReadonlyMap<unknown, unknown> | undefined, run: () => void): void {
    const [cells, recent] = [this.#cells, this.#recent];
    this.#cells = new Map();
    this.#recent = new Array(RECENT_MIN);
    for (const [key, value] of values ?? []) if (value !== ABSENT) this.#add(key).value = value;
    try {
      run();
    } finally {
      this.rollback();
      this.#cells = cells;
      this.#recent = recent;
    }
  }

  /**
   * Takes the changes that handlers made in place into the store. Returns the first error of an
   * object that cannot be copied as it is now; its key keeps the value that it had before.
   */
  saveWorkingCopies(): { readonly thrown: unknown } | undefined {
    if (this.#handedOut.length === 0) return undefined;
    let refused: { readonly thrown: unknown } | undefined;
    for (const cell of this.#handedOut) {
      const { working, original } = cell;
      cell.working = ABSENT;
      if (working === ABSENT) continue;
      if (original === ABSENT || !equalValues(working, original)) {
        this.#remember(cell);
        try {
          cell.value = isolate(working);
          this.#observer?.onWrite(this, cell.key, { value: cell.value });
        } catch (thrown) {
          refused ??= { thrown };
          if (original === ABSENT) cell.value = cell.replaced;
          if (cell.value === ABSENT) this.#deletions += 1;
        }
        cell.replaced = ABSENT;
      } else if (cell.value === ABSENT && cell.changedIn !== this.#epochNumber) {
        this.#remove(cell);
      }
    }
    this.#handedOut = [];
    return refused;
  }

  /** Forgets the working copys, when the batch that made them is given up. */
  dropWorkingCopies(): void {
    for (const cell of this.#handedOut) {
      cell.working = ABSENT;
      // One that was deleted in this epoch is needed still, to bring its value back.
      if (cell.value === ABSENT && cell.changedIn !== this.#epochNumber) this.#remove(cell);
    }
    this.#handedOut = [];
  }

  get isCommitted(): boolean {
    return this.#changes === 0 && this.#handedOut.length === 0;
  }

  commit(): void {
    if (this.#deletions > 0) this.#removeAbsent();
    this.#beginEpoch();
  }

  rollback(): void {
    this.dropWorkingCopies();
    for (let at = 0; at < this.#changes; at++) {
      (this.#changed[at] as Cell).value = this.#olds[at];
    }
    this.#removeAbsent();
    this.#beginEpoch();
  }

  /** How many keys have a value. */
  get size(): number {
    let absent = 0;
    const counted = new Set([...this.#changedCells(), ...this.#handedOut]);
    for (const cell of counted) if (shown(cell) === ABSENT) absent += 1;
    return this.#cells.size - absent;
  }

  /** Each key with its value as the handler under way sees it: for inspection, not for handlers. */
  *entries(): Iterable<readonly [key: unknown, value: unknown]> {
    for (const cell of this.#cells.values()) {
      const value = shown(cell);
      if (value !== ABSENT) yield [cell.key, value];
    }
  }

  /** The value under `key` as {@link entries} gives it. */
  peek(key: unknown): unknown {
    const cell = this.#cells.get(key);
    const value = cell === undefined ? ABSENT : shown(cell);
    return value === ABSENT ? undefined : value;
  }

  /** The objects that handlers hold, each with what it is a copy of if it is one. */
  *workingCopies(): Iterable<{
    readonly key: unknown;
    readonly working: unknown;
    readonly original: { readonly value: unknown } | undefined;
  }> {
    for (const { key, working, original } of this.#handedOut) {
      if (working === ABSENT) continue;
      yield { key, working, original: original === ABSENT ? undefined : { value: original } };
    }
  }

  /** The value under `key` without what handlers have changed in it in place. */
  unmodified(key: unknown): { readonly value: unknown } | undefined {
    const cell = this.#cells.get(key);
    if (cell === undefined || cell.value === ABSENT) return undefined;
    const isCopy = cell.working !== ABSENT && cell.original !== ABSENT;
    return { value: isCopy ? cell.original : cell.value };
  }

  has(key: unknown): boolean {
    const cell = this.#cells.get(key);
    return cell !== undefined && shown(cell) !== ABSENT;
  }

  /** Whether the epoch under way has changed the value under `key`. */
  isChanged(key: unknown): boolean {
    const cell = this.#cells.get(key);
    return cell !== undefined && (cell.changedIn === this.#epochNumber || isChangedInPlace(cell));
  }

  /** The value under `key` at the last commit. */
  committed(key: unknown): { readonly value: unknown } | undefined {
    const cell = this.#cells.get(key);
    if (cell === undefined) return undefined;
    const at = cell.changedIn === this.#epochNumber ? this.#changed.indexOf(cell) : -1;
    const value = at < 0 ? cell.value : this.#olds[at];
    return value === ABSENT ? undefined : { value };
  }

  #find(key: unknown): Cell | undefined {
    const place = placeOf(key) & (this.#recent.length - 1);
    const recent = this.#recent[place];
    if (recent !== undefined && recent.key === key) return recent;
    const cell = this.#cells.get(key);
    if (cell !== undefined) this.#recent[place] = cell;
    return cell;
  }

  #add(key: unknown): Cell {
    const cell = new Cell(key);
    this.#cells.set(key, cell);
    const { length } = this.#recent;
    if (this.#cells.size > length && length < RECENT_MAX) this.#recent = new Array(length * 2);
    this.#recent[placeOf(key) & (this.#recent.length - 1)] = cell;
    return cell;
  }

  #remove(cell: Cell): void {
    this.#cells.delete(cell.key);
    this.#recent[placeOf(cell.key) & (this.#recent.length - 1)] = undefined;
  }

  #handOut(cell: Cell, working: unknown, original: unknown): void {
    if (cell.working === ABSENT) this.#handedOut.push(cell);
    cell.working = working;
    cell.original = original;
  }

  #remember(cell: Cell): void {
    if (cell.changedIn === this.#epochNumber) return;
    if (this.#changes === 0) this.#epoch.enter(this);
    cell.changedIn = this.#epochNumber;
    this.#changed[this.#changes] = cell;
    this.#olds[this.#changes] = cell.value;
    this.#changes += 1;
  }

  #changedCells(): readonly Cell[] {
    return this.#changed.slice(0, this.#changes);
  }

  #removeAbsent(): void {
    for (const cell of this.#changedCells()) if (cell.value === ABSENT) this.#remove(cell);
  }

  #beginEpoch(): void {
    if (this.#changes > CHANGES_KEPT_MAX) {
      this.#changed = [];
      this.#olds = [];
    }
    this.#changes = 0;
    this.#deletions = 0;
    this.#epochNumber += 1;
  }
}

/** The index of a cell among the recent ones; keys other than numbers share one. */
function placeOf(key: unknown): number {
  return typeof key === 'number' ? key : 0;
}

/** The value as the handler under way sees it; an initial value counts once it is changed. */
function shown(cell: Cell): unknown {
  if (cell.value === ABSENT && !isChangedInPlace(cell)) return ABSENT;
  return cell.working === ABSENT ? cell.value : cell.working;
}

function isChangedInPlace({ working, original }: Cell): boolean {
  return working !== ABSENT && original !== ABSENT && !equalValues(working, original);
}

/** Saves the working copies of all `stores`; returns the first error of those that cannot be. */
export function saveWorkingCopies(
  stores: readonly StateStore[],
): { readonly thrown: unknown } | undefined {
  let refused: { readonly thrown: unknown } | undefined;
  for (const store of stores) {
    const unsaved = store.saveWorkingCopies();
    refused ??= unsaved;
  }
  return refused;
}
