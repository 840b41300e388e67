import { html } from './dom.ts';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

/** A context menu for mouse and keyboard, styled like VS Code's own. */
export class Menu {
  readonly element = html('div', 'menu');
  #previousFocus: Element | null = null;

  constructor() {
    this.element.setAttribute('role', 'menu');
    this.element.hidden = true;
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.element.addEventListener('focusout', (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.close(false);
    });
  }

  /** Opens the menu at a point of the page; closing it restores the focus. */
  open(items: readonly MenuItem[], x: number, y: number): void {
    this.#previousFocus = document.activeElement;
    const buttons = items.map((item) => {
      const button = html('button', 'menu-item', item.label);
      button.type = 'button';
      button.setAttribute('role', 'menuitem');
      button.addEventListener('click', () => {
        this.close(true);
        item.run();
      });
      button.addEventListener('pointerenter', () => button.focus());
      return button;
    });
    this.element.replaceChildren(...buttons);
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`;
    this.element.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`;
    buttons[0]?.focus();
  }

  close(restoreFocus: boolean): void {
    this.element.hidden = true;
    if (restoreFocus && this.#previousFocus instanceof Element)
      (this.#previousFocus as HTMLElement).focus();
  }

  #onKey(event: KeyboardEvent): void {
    const items: (Element | null)[] = [...this.element.querySelectorAll('button')];
    const current = items.indexOf(document.activeElement);
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: items.length - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) (items.at(move % items.length) as HTMLElement | null)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') this.close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
