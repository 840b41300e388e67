import type { HistoryEntry } from '../../runtime/index.ts';
import type { ReloadBody } from '../protocol.ts';
import type { Session } from './session.ts';

/** Entries compared at once: their number does not grow with the history's length. */
const PAGE = 4096;

type Read = (start: number, count: number) => readonly HistoryEntry[];

/**
 * Runs the program, as its files are now, to the step before which it stands, with all that was
 * done to it from outside. If the files make no program, the run stays as it is.
 *
 * @throws AdapterError if the program does not stand still, or its files make none.
 */
export async function reload(session: Session, request: number): Promise<ReloadBody> {
  const { pause, execution: old } = session;
  const step = pause.snapshot.status?.step ?? 0;
  // The run that is about to end can name its choices only now.
  await old.navigator.history(0, 0);
  const { inputs } = old.timeline;
  const asked = { title: `Reloaded, going to step ${step}`, request, hidden: true } as const;
  await session.restart(old.launch, () => session.beginAt(step, inputs, asked));
  const { execution } = session;
  const arrived = execution.report.status.step;
  await execution.navigator.history(0, 0);
  const diverged = divergence(
    (start, count) => old.timeline.history(start, count).items,
    (start, count) => execution.timeline.history(start, count).items,
    execution.navigator.replayer.signal.aborted ? arrived : step,
  );
  return { step: arrived, ...(diverged && { diverged }) };
}

/** The first of `steps` steps that two histories differ in. */
export function divergence(was: Read, is: Read, steps: number): ReloadBody['diverged'] {
  for (let start = 0; start < steps; start += PAGE) {
    const count = Math.min(PAGE, steps - start);
    const [before, after] = [was(start, count), is(start, count)];
    for (const [index, entry] of before.entries()) {
      const other = after[index];
      if (other !== undefined && isSame(entry, other)) continue;
      const replacement = other === undefined ? RESTED : textOf(other);
      return { step: entry.step, was: textOf(entry), is: replacement };
    }
  }
  return undefined;
}

const RESTED = 'nothing: the app has come to rest';

function isSame(one: HistoryEntry, other: HistoryEntry): boolean {
  return textOf(one) === textOf(other);
}

function textOf({ choice, events, logs, crashes }: HistoryEntry): string {
  const counts = [
    `${events} events`,
    ...(logs > 0 ? [`${logs} lines logged`] : []),
    ...(crashes > 0 ? [`${crashes} crashes`] : []),
  ];
  return `${choice.label}, ${counts.join(', ')}`;
}
