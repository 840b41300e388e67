import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DebugSession } from './debug-session.ts';

/** How long a person waits, through the built adapter as an editor speaks to it. */
export interface Interaction {
  readonly name: string;
  /** What the median is to stay below, in milliseconds. */
  readonly goalMs: number;
  /** Does it again and again; how long each time took, in milliseconds. */
  readonly measure: () => Promise<readonly number[]>;
}

const LAUNCHES = 9;
const STEPS = 40;
const KEYS = 1_000_000;
const PAGES = 20;
const PAGE = 100;
const HISTORY_STEPS = 1_000_000;
const SEEKS = 24;
/** Multiples of it are spread evenly, and no two that follow each other are close. */
const GOLDEN_RATIO = 0.6180339887;
/** The first times are spent compiling. */
const WARMING_UP = 4;
/** A person looks at where the program stands before it is sent on. */
const LOOKED_AT_MS = 100;

const CART = resolve('examples/shopping-cart.js');

/** A long handler in many events; the breakpoint line is within its loop. */
const STEPPED = {
  text: `const builder = PortalsJS.ApplicationBuilder('stepped');
builder.workflowsWithName('work').source(builder.generators.fromRange(0, 1e6, 8).stream)
  .map((ctx) => (x) => {
    const sums = PortalsJS.PerKeyState('sums', 0, ctx);
    let sum = 0;
    for (let n = 0; n < 1e4; n++) {
      sum += n;
      sums.set(sum);
    }
    return sum;
  })
  .sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
`,
  line: 7,
};

/** Runs \`count\` events to the end, and stands still. */
const finished = (count: number, atomSize: number) => `
const builder = PortalsJS.ApplicationBuilder('finished');
builder.workflowsWithName('work').source(builder.generators.fromRange(0, ${count}, ${atomSize}).stream)
  .map((ctx) => (x) => {
    PortalsJS.PerKeyState('last', 0, ctx).set(x);
    return x;
  })
  .sink().freeze();
const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
debugger;
`;

const FORWARD = ['next', 'portals/stepEvent', 'portals/stepAtom'];
/** Each step back, and the step forward that it undoes. */
const BACK = [
  ['stepBack', 'next'],
  ['portals/stepBackEvent', 'portals/stepEvent'],
  ['portals/stepBackAtom', 'portals/stepAtom'],
] as const;

export const INTERACTIONS: readonly Interaction[] = [
  { name: 'launch to first stop', goalMs: 1000, measure: launches },
  ...FORWARD.map((command) => ({
    name: `step: ${command}`,
    goalMs: 20,
    measure: () => inHandler((session) => times(session, command, STEPS)),
  })),
  ...BACK.map(([command, forward]) => ({
    name: `step back: ${command}`,
    goalMs: 20,
    measure: () =>
      inHandler(async (session) => {
        await times(session, forward, STEPS);
        return times(session, command, STEPS / 2);
      }),
  })),
  { name: 'a page of a million keys', goalMs: 150, measure: pagesOfKeys },
  { name: 'seek in a million steps', goalMs: 300, measure: seeks },
];

async function launches(): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < LAUNCHES; round++) {
    const start = performance.now();
    const session = new DebugSession();
    await session.launch(CART, { stopOnEntry: true });
    taken.push(performance.now() - start);
    await session.close();
  }
  return taken;
}

/** Has `measure` begin where a program stands in a handler. */
function inHandler(
  measure: (session: DebugSession) => Promise<readonly number[]>,
): Promise<readonly number[]> {
  return withProgram(STEPPED.text, [STEPPED.line], async (session, program) => {
    await session.ask('setBreakpoints', { source: { path: program }, breakpoints: [] });
    return measure(session);
  });
}

async function times(
  session: DebugSession,
  command: string,
  count: number,
): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let step = 0; step < count; step++) {
    taken.push(await timed(() => session.go(command)));
    await sleep(LOOKED_AT_MS);
  }
  return taken.slice(WARMING_UP);
}

function pagesOfKeys(): Promise<readonly number[]> {
  return withProgram(finished(KEYS, 1000), [], async (session) => {
    const { stackFrames } = await session.ask('stackTrace', { threadId: 1 });
    const taken: number[] = [];
    for (let page = 0; page < PAGES; page++) {
      const start = (((page * GOLDEN_RATIO) % 1) * KEYS) | 0;
      taken.push(
        await timed(async () => {
          const { scopes } = await session.ask('scopes', { frameId: stackFrames[0].id });
          const all = scopes.find(({ name }: { name: string }) => name === 'All keys');
          await unfold(session, all.variablesReference, start);
        }),
      );
    }
    return taken;
  });
}

/** Unfolds the first of what is there until there is a long list, and then a page of that. */
async function unfold(session: DebugSession, scope: number, start: number): Promise<void> {
  let reference = scope;
  for (;;) {
    const { variables } = await session.ask('variables', { variablesReference: reference });
    const [first] = variables;
    reference = first.variablesReference;
    if (first.indexedVariables !== KEYS) continue;
    const page = { variablesReference: reference, filter: 'indexed', start, count: PAGE };
    const { variables: rows } = await session.ask('variables', page);
    if (rows.length !== PAGE) throw new Error(`${rows.length} rows instead of ${PAGE}`);
    return;
  }
}

function seeks(): Promise<readonly number[]> {
  return withProgram(finished(HISTORY_STEPS / 2, 1), [], async (session) => {
    // Runs are parked on the way as soon as nothing else is to be done.
    await sleep(10_000);
    const taken: number[] = [];
    for (let seek = 1; seek <= SEEKS; seek++) {
      const step = (((seek * GOLDEN_RATIO) % 1) * HISTORY_STEPS) | 0;
      taken.push(await timed(() => session.go('portals/seek', { step })));
      await sleep(LOOKED_AT_MS);
    }
    return taken;
  });
}

async function withProgram(
  text: string,
  lines: readonly number[],
  measure: (session: DebugSession, program: string) => Promise<readonly number[]>,
): Promise<readonly number[]> {
  const directory = mkdtempSync(join(tmpdir(), 'portals-bench-'));
  const program = join(directory, 'program.js');
  writeFileSync(program, text);
  const session = new DebugSession();
  try {
    await session.launch(program, {}, lines);
    return await measure(session, program);
  } finally {
    await session.close();
    rmSync(directory, { recursive: true });
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
