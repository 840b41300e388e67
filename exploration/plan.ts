import { DEFAULT_OPTIONS, type Fault, type RunOptions } from '../runtime/index.ts';

export type Strategy = 'exhaustive' | 'random' | 'pct';

/** Schedules that an exhaustive exploration crosses with all single crashes. */
const SCHEDULES = 10;

/**
 * The runs of an exploration, in the order in which they are worth it: schedules without a crash,
 * every single crash under each schedule, then two crashes under the first schedule: first again
 * at the place of the first crash, then every other pair. `random` and `pct` draw one or two
 * crashes for each schedule and have no end.
 */
export function* planOf(
  strategy: Strategy,
  seed: number,
  passings: (options: RunOptions) => readonly Fault[],
): Generator<RunOptions> {
  if (strategy !== 'exhaustive') return yield* drawn(strategy, seed, passings);
  const schedules = Array.from({ length: SCHEDULES }, (_, at) =>
    schedule(at === 0 ? 'drain' : 'random', seed + at),
  );
  yield* schedules;
  for (const options of schedules) {
    for (const fault of passings(options)) yield { ...options, faults: [fault] };
  }
  const [first] = schedules;
  if (first === undefined) return;
  const faults = passings(first);
  for (const fault of faults) {
    // The same point is passed again when the step is processed again.
    const again = { ...fault, occurrence: fault.occurrence + 1 };
    yield { ...first, faults: [fault, again] };
  }
  for (const [at, one] of faults.entries()) {
    for (const other of faults.slice(at + 1)) {
      const repeats = one.target === other.target && one.point === other.point;
      if (repeats && other.occurrence === one.occurrence + 1) continue;
      yield { ...first, faults: [one, other] };
    }
  }
}

function* drawn(
  strategy: 'random' | 'pct',
  seed: number,
  passings: (options: RunOptions) => readonly Fault[],
): Generator<RunOptions> {
  for (let at = 0; ; at++) {
    const options = schedule(strategy, seed + at);
    yield options;
    const all = passings(options);
    const draw = (salt: number) => all[scrambled(seed + at, salt) % all.length];
    const [one, other] = [draw(1), draw(2)];
    if (one === undefined || other === undefined) continue;
    yield { ...options, faults: [one] };
    if (one !== other) yield { ...options, faults: [one, other] };
  }
}

function schedule(name: RunOptions['schedule'], seed: number): RunOptions {
  return { ...DEFAULT_OPTIONS, schedule: name, seed };
}

/** A whole number that looks random, the same for the same arguments. */
function scrambled(seed: number, salt: number): number {
  let bits = Math.imul(seed ^ (salt << 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
