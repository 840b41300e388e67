import type { PanelStatus } from '../messages.ts';
import type { Diagram } from './diagram.ts';
import { isCrashFresh } from './status-badges.ts';

/** The CSS classes that `status` implies for elements, by path. */
export function elementClassesOf(status: PanelStatus): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  const add = (path: string, name: string): void => {
    const known = classes.get(path);
    classes.set(path, known === undefined ? name : `${known} ${name}`);
  };
  for (const [path, state] of Object.entries(status.units)) {
    if (state !== 'idle') add(path, `is-${state}`);
  }
  if (status.choice !== undefined) add(status.choice.unit, 'is-current');
  else if (status.next !== undefined) add(status.next.unit, 'is-next');
  if (status.event !== undefined) add(status.event.task, 'is-current');
  if (isCrashFresh(status) && status.lastCrash?.outcome === 'back') {
    add(status.lastCrash.unit, 'is-rolled-back');
  }
  return classes;
}

/** Keeps the CSS classes of the elements in sync with the latest status. */
export class ElementClasses {
  readonly #diagram: Diagram;
  #classes: ReadonlyMap<string, string> = new Map();

  constructor(diagram: Diagram) {
    this.#diagram = diagram;
  }

  /** Updates only elements whose classes change. */
  show(classes: ReadonlyMap<string, string>): void {
    for (const path of new Set([...this.#classes.keys(), ...classes.keys()])) {
      const [before, after] = [this.#classes.get(path), classes.get(path)];
      if (before === after) continue;
      for (const element of this.#diagram.elements(path)) {
        if (before !== undefined) element.classList.remove(...before.split(' '));
        if (after !== undefined) element.classList.add(...after.split(' '));
      }
    }
    this.#classes = classes;
  }
}
