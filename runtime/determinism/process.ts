import { type Environment, EPOCH_MS } from './environment.ts';
import { define, type Realm } from './realm.ts';
import { refusedFunction } from './refusal.ts';

const ENDING = 'a program ends when nothing is left to do. Return, or call system.shutdown().';
const REMEDIES: Readonly<Record<string, string>> = {
  exit: ENDING,
  abort: ENDING,
  kill: ENDING,
  reallyExit: ENDING,
  nextTick: 'handlers are synchronous, so nothing can happen later. Call the function itself.',
  on: 'the process belongs to the debugger. Use withOnError or withOnComplete of a flow.',
  once: 'the process belongs to the debugger. Use withOnError or withOnComplete of a flow.',
  cwd: 'the program must not depend on where it is started. Put the path into the source.',
  chdir: 'the program must not depend on where it is started.',
  memoryUsage: 'its answer differs from run to run.',
  cpuUsage: 'its answer differs from run to run.',
  binding: 'it reaches outside the program.',
  dlopen: 'it reaches outside the program.',
};

/** `process`, reduced to what packages commonly look at: `env`, `argv` and virtual time. */
export function virtualProcess(realm: Realm, environment: Environment): void {
  const sinceStartMs = (): number => environment.readClock() - EPOCH_MS;
  const hrtime = (): [number, number] => {
    const ms = sinceStartMs();
    return [Math.floor(ms / 1000), (ms % 1000) * 1_000_000];
  };
  hrtime.bigint = (): bigint => BigInt(sinceStartMs()) * 1_000_000n;
  const process: Record<string, unknown> = {
    env: { ...environment.env },
    argv: [],
    versions: {},
    hrtime,
    uptime: () => sinceStartMs() / 1000,
    stdout: { write: (text: unknown) => write(environment, 'stdout', text) },
    stderr: { write: (text: unknown) => write(environment, 'stderr', text) },
  };
  for (const [name, remedy] of Object.entries(REMEDIES)) {
    process[name] = refusedFunction(`process.${name}`, remedy);
  }
  define(realm, 'process', process);
}

/** A sink of lines has no place for half a line, so a final newline is dropped. */
function write(environment: Environment, level: 'stdout' | 'stderr', text: unknown): true {
  environment.print(String(text).replace(/\n$/, ''), level);
  return true;
}
