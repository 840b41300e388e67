import { execFileSync } from 'node:child_process';
import {
  createRuntime,
  DEFAULT_OPTIONS,
  expectOddProperties,
  type RuntimeOptions,
} from '../runtime/index.ts';
import { INTERACTIONS, type Interaction } from './interactions.ts';
import { memoryOfLongRun } from './memory.ts';
import { quantile, table } from './statistics.ts';
import { WORKLOADS, type Workload } from './workloads.ts';

/**
 * `npm run bench [-- --json] [-- NAME]`: each workload against its hand-written loop, in turns in
 * the same process, so that what disturbs one disturbs the other; and in a process of its own, as
 * every program runs in a thread of its own, which knows nothing of other programs. Ratios are what
 * counts; absolute speeds are this machine's on this day. Then how long a person waits for the
 * debugger. NAME, a part of a name, selects.
 */
const ROUNDS = 9;

/** Followed by a workload's name: measures only that, and prints the result for this program. */
const ALONE = '--alone';

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

// As `Program` does for such texts: no workload makes accessors, hidden or symbol-named properties.
expectOddProperties({ defined: false, accessors: false, symbols: false });

/** With the history that time travel needs: the log of decisions, from which a run is repeated. */
const WITH_HISTORY: RuntimeOptions = { ...DEFAULT_OPTIONS, history: {} };

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

function ratioTable(results: readonly Measured[]): string {
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
  return table(header, rows);
}

function share(ratio: number): string {
  return `1/${(1 / ratio).toFixed(1)}`;
}

function millions(perSecond: number): string {
  return (perSecond / 1e6).toFixed(2);
}

interface Waited {
  readonly name: string;
  readonly goalMs: number;
  readonly medianMs: number;
  readonly quartilesMs: readonly [number, number];
  readonly longestMs: number;
}

async function wait({ name, goalMs, measure }: Interaction): Promise<Waited> {
  const times = await measure();
  return {
    name,
    goalMs,
    medianMs: quantile(times, 0.5),
    quartilesMs: [quantile(times, 0.25), quantile(times, 0.75)],
    longestMs: Math.max(...times),
  };
}

function waitTable(results: readonly Waited[]): string {
  const rows = results.map(({ name, goalMs, medianMs, quartilesMs: [low, high], longestMs }) => [
    name,
    `${medianMs.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`,
    longestMs.toFixed(1),
    `< ${goalMs}`,
    medianMs < goalMs ? 'reached' : 'missed',
  ]);
  return table(['interaction', 'ms (quartiles)', 'longest', 'goal', ''], rows);
}

/** Has another process {@link measure} the workload. */
function measureAlone({ name }: Workload): Measured {
  const [program = ''] = process.argv.slice(1);
  const printed = execFileSync(process.execPath, [program, ALONE, name], { encoding: 'utf8' });
  return JSON.parse(printed) as Measured;
}

async function main(options: readonly string[]): Promise<void> {
  if (options[0] === ALONE) {
    const workload = WORKLOADS.find(({ name }) => name === options[1]);
    console.log(JSON.stringify(workload && measure(workload)));
    return;
  }
  const wanted = options.find((option) => !option.startsWith('--')) ?? '';
  const workloads = WORKLOADS.filter(({ name }) => name.includes(wanted)).map(measureAlone);
  const memory = wanted === '' ? memoryOfLongRun() : undefined;
  const interactions: Waited[] = [];
  for (const each of INTERACTIONS) {
    if (each.name.includes(wanted)) interactions.push(await wait(each));
  }
  if (options.includes('--json')) {
    console.log(JSON.stringify({ workloads, memory, interactions }, undefined, 2));
    return;
  }
  if (workloads.length > 0) console.log(ratioTable(workloads));
  if (memory) {
    const samples = memory.heapMegabytes.map((size) => size.toFixed(1)).join(', ');
    console.log(
      `\nheap while ${memory.events / 1e6} M events flow through a filter (MB): ${samples}\n`,
    );
  }
  if (interactions.length > 0) console.log(waitTable(interactions));
}

void main(process.argv.slice(2));
