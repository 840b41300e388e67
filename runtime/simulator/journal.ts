import type { StepEffects } from '../execution/world.ts';
import type { HistoryEntry, Totals } from '../inspection.ts';
import type { Path } from '../paths.ts';
import type { Effect } from '../probe.ts';
import type { Choice } from '../protocol.ts';
import type { Atom } from './atomic-stream.ts';
import type { Move, Output } from './move.ts';

/** One step of the epoch under way: what was chosen, and what it will have published. */
export interface Step {
  readonly index: number;
  readonly move: Move;
  /** Told only to a host that listens. */
  readonly choice: Choice | undefined;
  readonly outputs: readonly Output[];
  readonly effects: StepEffects;
  readonly crashes: number;
}

/** The latest entries are kept; a longer history is what traces are for. */
const HISTORY_ENTRIES_MAX = 100_000;

/** What has been committed: counters, and the history of steps. */
export class Journal {
  readonly #entries: HistoryEntry[] = [];
  #dropped = 0;
  readonly #totals = { atoms: 0, events: 0, requests: 0, replies: 0, crashes: 0, recoveries: 0 };

  get totals(): Totals {
    return { ...this.#totals };
  }

  get length(): number {
    return this.#dropped + this.#entries.length;
  }

  slice(start: number, count: number): HistoryEntry[] {
    const from = Math.max(0, start - this.#dropped);
    return this.#entries.slice(from, Math.max(from, start - this.#dropped + count));
  }

  /** Counts a crash that was recovered from. */
  countRecovery(): void {
    this.#totals.crashes += 1;
    this.#totals.recoveries += 1;
  }

  /** Counts a committed step, and records it if it was `told`. */
  record(step: Step, told: boolean): void {
    const { asks, replies, lines } = step.effects;
    const totals = this.#totals;
    let events = 0;
    for (const { atom } of step.outputs) {
      const { length } = atom.batch;
      events += length;
      // A seal alone is not an atom, but the mark that none follows.
      if (length > 0 || !atom.seal) totals.atoms += 1;
    }
    totals.events += events;
    totals.requests += asks.length;
    totals.replies += replies.length;
    const { index, choice, crashes } = step;
    if (!told || choice === undefined) return;
    this.#entries.push({
      step: index,
      choice,
      events: events + asks.length + replies.length,
      logs: lines.length,
      crashes,
    });
    if (this.#entries.length < HISTORY_ENTRIES_MAX * 2) return;
    this.#entries.splice(0, HISTORY_ENTRIES_MAX);
    this.#dropped += HISTORY_ENTRIES_MAX;
  }
}

/** What a committed step published, for the host. */
export function effectsOf(step: Step): Effect[] {
  return [
    ...step.effects.lines,
    ...step.outputs.map(({ stream, atom }) => atomEffect(stream.path, stream.indexOf(atom), atom)),
    ...counts(step.effects.asks, (ask) => `${ask.portal}\n${ask.workflow}`).map(
      ([{ portal, workflow }, count]): Effect => ({
        kind: 'requests',
        portal,
        from: workflow,
        count,
      }),
    ),
    ...counts(step.effects.replies, ({ ask }) => `${ask.portal}\n${ask.workflow}`).map(
      ([{ ask }, count]): Effect => ({
        kind: 'replies',
        portal: ask.portal,
        to: ask.workflow,
        count,
      }),
    ),
  ];
}

/** The events are listed only if somebody reads them. */
function atomEffect(stream: Path, index: number, { batch, seal, failure }: Atom): Effect {
  return {
    kind: 'atom',
    stream,
    index,
    get events() {
      return batch.values.map((value, at) => ({ key: batch.key(at), value }));
    },
    ...(seal ? { seal } : {}),
    ...(failure === undefined ? {} : { error: String(failure.thrown) }),
  };
}

function counts<Item>(items: readonly Item[], group: (item: Item) => string): [Item, number][] {
  const groups = new Map<string, [Item, number]>();
  for (const item of items) {
    const name = group(item);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [item, 1]);
    else known[1] += 1;
  }
  return [...groups.values()];
}
