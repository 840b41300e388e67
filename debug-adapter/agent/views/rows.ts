import type { CallSite, Path } from '../../../runtime/index.ts';
import type { StateSearch } from './state-search.ts';

/** A list of things of the model that a debugger can unfold. Plain data: it is sent as JSON. */
export type ViewRef =
  | { readonly view: 'event' }
  | { readonly view: 'key-state' }
  | { readonly view: 'task-state'; readonly unit: Path }
  | { readonly view: 'all-keys'; readonly unit?: Path }
  | { readonly view: 'entries'; readonly task: Path; readonly name: string }
  | { readonly view: 'found'; readonly search: StateSearch }
  | { readonly view: 'uncommitted' }
  | { readonly view: 'continuations'; readonly unit?: Path }
  | { readonly view: 'continuation'; readonly id: number }
  | { readonly view: 'streams' }
  | { readonly view: 'stream'; readonly path: Path }
  | { readonly view: 'atom'; readonly path: Path; readonly atom: number }
  | { readonly view: 'portals' }
  | { readonly view: 'choices' };

/** A window on a view; without one, all of it. */
export interface Window {
  readonly start: number;
  readonly count: number;
}

/** How one row of a view is shown; its value, if it has one, travels beside it. */
export interface RowLabel {
  readonly name: string;
  /** Shown instead of the value. */
  readonly text?: string;
  /** What unfolds below the row, instead of the value's own parts. */
  readonly below?: ViewRef;
  /** How many numbered rows `below` has, when it is to be shown in pages. */
  readonly count?: number;
  /** An expression for the value. */
  readonly expression?: string;
  /** Where in the bundled script this row comes from. */
  readonly site?: CallSite;
  /** The value is a function of which only the captured variables are of interest. */
  readonly captured?: true;
  /** Not yet committed by the step under way. */
  readonly uncommitted?: true;
  /** One state, of one key or of a task: it can be deleted. */
  readonly isState?: true;
  /** Said behind the value. */
  readonly mark?: string;
}

export interface Row extends RowLabel {
  readonly value?: unknown;
}

/**
 * Rows as they leave the worker: first the labels as JSON, then each row's value, so that one
 * look at this array's elements brings everything that is shown, values as V8 sees them.
 */
export type PackedRows = readonly [labels: string, ...values: unknown[]];

export function pack(rows: readonly Row[]): PackedRows {
  const labels = rows.map(({ value: _value, ...label }) => label);
  return [JSON.stringify(labels), ...rows.map((row) => row.value)];
}
