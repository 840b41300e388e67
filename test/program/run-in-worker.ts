import { parentPort, workerData } from 'node:worker_threads';
import { Program } from '../../program/index.ts';
import { DEFAULT_OPTIONS, type Notice } from '../../runtime/index.ts';

const { bundled, runtimeCode } = workerData;
const logs: string[] = [];
const program = new Program(bundled, runtimeCode, {
  ...DEFAULT_OPTIONS,
  probe: (notice: Notice) => {
    if (notice.kind !== 'committed') return;
    for (const effect of notice.effects) if (effect.kind === 'log') logs.push(effect.message);
  },
});
program.complete();
parentPort?.postMessage({ logs, hash: program.runtime.simulator.inspect.stateHash() });
