/** The thread in which one program runs, debugged or not; see ARCHITECTURE.md, "Processes". */
import vm from 'node:vm';
import { workerData } from 'node:worker_threads';
import { Control } from './control.ts';
import { ProgramError } from './diagnostic.ts';
import type { Ending, FromWorker, WorkerInput } from './messages.ts';
import { Outbox } from './outbox.ts';
import { Program } from './program.ts';
import { Signals } from './signals.ts';
import { StatusFeed } from './status-feed.ts';
import { CONTROL_SYMBOL, HALT_CODE, HALT_URL } from './stop-script.ts';
import { watch } from './watch.ts';

const input = workerData as WorkerInput;
const signals = new Signals(input.signals);
const outbox = new Outbox(post, signals);
const feed = new StatusFeed(post);
const control = new Control(outbox);
const halt = input.debug
  ? (vm.runInThisContext(HALT_CODE, { filename: HALT_URL }) as (control: Control) => void)
  : undefined;
let program: Program | undefined;

if (halt) {
  control.stop = { kind: 'ready' };
  halt(control);
  control.stop = undefined;
}
const ending = run();
outbox.flush();
feed.tell(inspect(), control.topologyVersion);
post({ kind: 'ended', ending });

function run(): Ending {
  try {
    const { bundle, runtimeCode, options, env } = input;
    const probe = watch({
      control,
      outbox,
      feed,
      signals,
      inspect,
      ...(halt && { halt }),
    });
    program = new Program(bundle, runtimeCode, { ...options, env, probe });
    control.attach(program.runtime.simulator);
    // Not enumerable, and under a symbol, so that no program comes across it by accident.
    if (input.debug) Object.defineProperty(program.global, CONTROL_SYMBOL, { value: control });
    program.load();
    post({ kind: 'loaded' });
    program.run();
  } catch (error) {
    if (error instanceof ProgramError) return { kind: 'failed', diagnostics: error.diagnostics };
    throw error;
  }
  const { step } = program.runtime.simulator.inspect.status();
  return { kind: control.rested ?? 'program-ended', step };
}

function inspect() {
  return program?.runtime.simulator.inspect;
}

function post(message: FromWorker): void {
  input.port.postMessage(message);
}
