import { html } from '../panel/dom.ts';

/** Finds elements by any part of their path. */
export class Search {
  readonly element: HTMLElement;
  readonly #input = html('input', 'search-input');
  readonly #count = html('span', 'search-count');
  readonly #found: (paths: readonly string[], current: string | undefined) => void;
  #paths: readonly string[] = [];
  #matches: readonly string[] = [];
  #current = 0;

  /** `found` is told what matches, and which match is to be shown. */
  constructor(found: (paths: readonly string[], current: string | undefined) => void) {
    this.#found = found;
    this.#input.type = 'search';
    this.#input.placeholder = 'Find element';
    this.#input.setAttribute('aria-label', 'Find an element by its name or path');
    this.#input.addEventListener('input', () => this.#search());
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#count.setAttribute('role', 'status');
    this.element = html('div', 'search', this.#input, this.#count);
  }

  /** The paths to search. */
  set paths(paths: readonly string[]) {
    this.#paths = paths;
    if (this.#input.value !== '') this.#search();
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  #search(): void {
    const wanted = this.#input.value.trim().toLowerCase();
    this.#matches =
      wanted === '' ? [] : this.#paths.filter((path) => path.toLowerCase().includes(wanted));
    this.#current = 0;
    this.#show(wanted);
  }

  #show(wanted: string): void {
    const { length } = this.#matches;
    this.#count.textContent =
      wanted === '' ? '' : length === 0 ? 'none' : `${this.#current + 1} of ${length}`;
    this.#found(this.#matches, this.#matches[this.#current]);
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
