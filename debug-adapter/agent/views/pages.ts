import { type Inspector, type Path, preview, toJson } from '../../../runtime/index.ts';
import { type StateSearch, searchState } from './state-search.ts';

/** What clients ask for by request rather than by unfolding a view. Plain data. */
export type PageQuery =
  | {
      readonly of: 'found';
      readonly search: StateSearch;
      readonly start: number;
      readonly count: number;
    }
  | { readonly of: 'state-names' }
  | { readonly of: 'continuations' }
  | {
      readonly of: 'stream';
      readonly path: Path;
      readonly start: number;
      readonly count: number;
    };

/** Items of the model with every value of the author's made plain. */
export interface ShownPage {
  readonly start: number;
  readonly total: number;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

/** Answers `query`, each value as its preview and as JSON. */
export function shownPage(inspect: Inspector, query: PageQuery): ShownPage {
  switch (query.of) {
    case 'found': {
      const { search, start, count } = query;
      return showItems(searchState(inspect, search, start, count), ['key', 'value']);
    }
    case 'stream': {
      const { start: first } = inspect.stream(query.path, 0, 0);
      const start = Math.max(query.start, first);
      return showItems(inspect.stream(query.path, start, query.count), ['key', 'value']);
    }
    case 'state-names': {
      const items = inspect.stateNames();
      return showItems({ start: 0, total: items.length, items }, []);
    }
    case 'continuations': {
      const items = inspect.continuations().map(({ callback: _callback, ...rest }) => rest);
      return showItems({ start: 0, total: items.length, items }, ['key', 'request']);
    }
  }
}

interface Items {
  readonly start: number;
  readonly total: number;
  readonly items: readonly object[];
}

function showItems({ start, total, items }: Items, values: readonly string[]): ShownPage {
  const shown = items.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([field, value]) => [
        field,
        values.includes(field) ? { preview: preview(value), json: toJson(value) } : value,
      ]),
    ),
  );
  return { start, total, items: shown };
}
