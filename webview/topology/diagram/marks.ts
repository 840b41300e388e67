import type { PanelStatus } from '../messages.ts';
import type { Picture } from './diagram.ts';
import { isCrashFresh } from './status-badges.ts';

/** The classes that `status` gives to elements, by path. */
export function marksOf(status: PanelStatus): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  const add = (path: string, mark: string): void => {
    const known = marks.get(path);
    marks.set(path, known === undefined ? mark : `${known} ${mark}`);
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
  return marks;
}

/** Keeps the classes of the picture's elements as the last status has them. */
export class Marker {
  readonly #picture: Picture;
  #marks: ReadonlyMap<string, string> = new Map();

  constructor(picture: Picture) {
    this.#picture = picture;
  }

  /** Touches only elements whose classes change. */
  show(marks: ReadonlyMap<string, string>): void {
    for (const path of new Set([...this.#marks.keys(), ...marks.keys()])) {
      const [before, after] = [this.#marks.get(path), marks.get(path)];
      if (before === after) continue;
      for (const element of this.#picture.elements(path)) {
        if (before !== undefined) element.classList.remove(...before.split(' '));
        if (after !== undefined) element.classList.add(...after.split(' '));
      }
    }
    this.#marks = marks;
  }
}
