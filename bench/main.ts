import { createRuntime, DEFAULT_OPTIONS, type RuntimeOptions } from '../runtime/index.ts';
import { memoryOfLongRun } from './memory.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

/**
 * `npm run bench [-- --json] [-- NAME]`: each workload against its hand-written loop, in turns in
 * the same process, so that what disturbs one disturbs the other. Ratios are what counts; absolute
 * speeds are this machine's on this day.
 */
const ROUNDS = 9;

interface Measured {
  readonly name: string;
  readonly goal: number;
  /** Medians, in events per second. */
  readonly loop: number;
  readonly app: number;
  readonly appWithHistory: number;
  /** The app's speed as a share of the loop's: median, and the quartiles around it. */
  readonly ratio: number;
  readonly spread: readonly [number, number];
  readonly ratioWithHistory: number;
}

/** With history: every step is told to a host and kept, as a debugger does. */
const WITH_HISTORY: RuntimeOptions = { ...DEFAULT_OPTIONS, probe: () => {}, detail: 'steps' };

function measure(workload: Workload): Measured {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    loop: seconds(() => workload.loop()),
    app: seconds(() => workload.app(createRuntime(DEFAULT_OPTIONS).PortalsJS)),
    history: seconds(() => workload.app(createRuntime(WITH_HISTORY).PortalsJS)),
  }));
  // The first rounds are spent compiling.
  const warm = rounds.slice(2);
  const ratios = warm.map(({ loop, app }) => loop / app);
  return {
    name: workload.name,
    goal: workload.goal,
    loop:
      workload.events /
      quantile(
        warm.map(({ loop }) => loop),
        0.5,
      ),
    app:
      workload.events /
      quantile(
        warm.map(({ app }) => app),
        0.5,
      ),
    appWithHistory:
      workload.events /
      quantile(
        warm.map(({ history }) => history),
        0.5,
      ),
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    ratioWithHistory: quantile(
      warm.map(({ loop, history }) => loop / history),
      0.5,
    ),
  };
}

function seconds(action: () => unknown): number {
  const start = performance.now();
  action();
  return (performance.now() - start) / 1000;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

function table(results: readonly Measured[]): string {
  const rows = results.map((result) => [
    result.name,
    millions(result.loop),
    millions(result.app),
    `${share(result.ratio)} (${share(result.spread[1])}–${share(result.spread[0])})`,
    share(result.goal),
    result.ratio >= result.goal ? 'reached' : 'missed',
    share(result.ratioWithHistory),
  ]);
  const header = ['workload', 'loop M/s', 'app M/s', 'app:loop (quartiles)', 'goal', '', 'history'];
  const widths = header.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

function share(ratio: number): string {
  return `1/${(1 / ratio).toFixed(1)}`;
}

function millions(perSecond: number): string {
  return (perSecond / 1e6).toFixed(2);
}

const wanted = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
const results = WORKLOADS.filter(({ name }) => name.includes(wanted)).map(measure);
const memory = wanted === '' ? memoryOfLongRun() : undefined;
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ workloads: results, memory }, undefined, 2));
} else {
  console.log(table(results));
  if (memory) {
    const samples = memory.heapMegabytes.map((size) => size.toFixed(1)).join(', ');
    console.log(
      `\nheap while ${memory.events / 1e6} M events flow through a filter (MB): ${samples}`,
    );
  }
}
