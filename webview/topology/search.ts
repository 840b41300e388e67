import { html } from '../panel/dom.ts';

/** Finds elements by any part of their paths. */
export class Search {
  readonly element: HTMLElement;
  readonly #input = html('input', 'search-input');
  readonly #count = html('span', 'search-count');
  readonly #onFound: (paths: readonly string[], current: string | undefined) => void;
  #paths: readonly string[] = [];
  #matches: readonly string[] = [];
  #current = 0;

  /** `found` receives all matches and the current one. */
  constructor(found: (paths: readonly string[], current: string | undefined) => void) {
    this.#onFound = found;
    this.#input.type = 'search';
    this.#input.placeholder = 'Find element';
    this.#input.setAttribute('aria-label', 'Find an element by its name or path');
    this.#input.addEventListener('input', () => this.#search());
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#count.setAttribute('role', 'status');
    this.element = html('div', 'search', this.#input, this.#count);
  }

  /** Sets the paths to search. */
  set paths(paths: readonly string[]) {
    this.#paths = paths;
    if (this.#input.value !== '') this.#search();
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  #search(): void {
    const query = this.#input.value.trim().toLowerCase();
    this.#matches =
      query === '' ? [] : this.#paths.filter((path) => path.toLowerCase().includes(query));
    this.#current = 0;
    this.#show(query);
  }

  #show(query: string): void {
    const { length } = this.#matches;
    this.#count.textContent =
      query === '' ? '' : length === 0 ? 'no match' : `${this.#current + 1} of ${length}`;
    this.#onFound(this.#matches, this.#matches[this.#current]);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && this.#matches.length > 0) {
      const { length } = this.#matches;
      this.#current = (this.#current + (event.shiftKey ? length - 1 : 1)) % length;
      this.#show(this.#input.value);
    } else if (event.key === 'Escape') {
      this.#input.value = '';
      this.#search();
    } else return;
    event.preventDefault();
  }
}
