/** The thread in which one program runs, debugged or not; see ARCHITECTURE.md, "Processes". */
import vm from 'node:vm';
import { workerData } from 'node:worker_threads';
import {
  firstRejection,
  Program,
  ProgramError,
  RecentSteps,
  reportLeftovers,
} from '../../program/index.ts';
import { DebugAgent } from './debug-agent.ts';
import type { Ending, FromWorker, WorkerInput } from './messages.ts';
import { Outbox } from './outbox.ts';
import { Signals } from './signals.ts';
import { StatusFeed } from './status-feed.ts';
import { HALT_CODE, HALT_URL } from './stop-script.ts';
import { watch } from './watch.ts';

/** How many consumed atoms of each stream a debugger can still look at. */
const ATOMS_RETAINED = 1000;

const input = workerData as WorkerInput;
const signals = new Signals(input.signals);
const outbox = new Outbox(post, signals, () => control.moment);
const feed = new StatusFeed(post);
const control: DebugAgent = new DebugAgent(outbox);
const halt = input.debug
  ? (vm.runInThisContext(HALT_CODE, { filename: HALT_URL }) as (control: DebugAgent) => void)
  : undefined;
const recent = new RecentSteps();
let program: Program | undefined;

void run().then((ending) => {
  outbox.flush();
  feed.send(inspect(), control.topologyVersion);
  post({ kind: 'ended', ending });
});

async function run(): Promise<Ending> {
  try {
    const loaded = createProgram();
    control.stop = { kind: 'ready' };
    halt?.(control);
    control.stop = undefined;
    await withoutRejections(loaded, () => loaded.load());
    post({ kind: 'loaded' });
    await withoutRejections(loaded, () => loaded.run());
    return endingOf(loaded);
  } catch (error) {
    if (error instanceof ProgramError) return { kind: 'failed', diagnostics: error.diagnostics };
    throw error;
  }
}

function endingOf({ runtime }: Program): Ending {
  const { inspect } = runtime.simulator;
  const { step } = inspect.status();
  const isEndless = recent.hitLimit && inspect.enabled().length > 0;
  const activity = isEndless ? recent.activity(inspect.topology()) : undefined;
  return {
    kind: control.rested ?? 'program-ended',
    step,
    left: reportLeftovers(inspect),
    ...(activity && { activity }),
  };
}

/** @throws ProgramError with the first promise rejection that the program left unhandled. */
async function withoutRejections(loaded: Program, action: () => void): Promise<void> {
  const claims = (promise: Promise<unknown>, reason: unknown) =>
    control.claimRejection(promise, reason);
  const rejected = await firstRejection(action, claims);
  if (rejected) throw loaded.errorOf(rejected.reason);
}

function createProgram(): Program {
  const { bundle, runtimeCode, options, env, debug, agentName, log } = input;
  const watching = watch({ agent: control, outbox, feed, signals, inspect, ...(halt && { halt }) });
  const created = new Program(bundle, runtimeCode, {
    ...options,
    ...(debug ? { retainedAtoms: ATOMS_RETAINED } : { detail: 'steps' }),
    history: { memory: new Uint32Array(log.memory), choices: log.choices },
    env,
    onQuiet,
    probe: (notice) => {
      recent.onNotice(notice);
      watching(notice);
    },
  });
  program = created;
  control.attach(created.runtime.simulator, created);
  control.errorClass = created.errorClass;
  if (debug) created.declare(agentName, control);
  return created;
}

/** Reads the debugger's signals in a muted run, and publishes the current step. */
function onQuiet(step: number): void {
  signals.pass(step);
  if (signals.earlyStopRequested) control.stopEarly(step);
}

function inspect() {
  return program?.runtime.simulator.inspect;
}

function post(message: FromWorker): void {
  input.port.postMessage(message);
}
