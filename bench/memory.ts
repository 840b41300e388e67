import { createRuntime, DEFAULT_OPTIONS } from '../runtime/index.ts';
import type { Api } from './workloads.ts';

/** The heap's size, after a collection where Node allows one, at even distances in a long run. */
export interface LongRun {
  readonly events: number;
  readonly heapMegabytes: readonly number[];
}

const ATOM_EVENTS = 1024;

/** Lets `events` events flow through a filter and looks at the heap on the way. */
export function memoryOfLongRun(events = 100_000_000, samples = 10): LongRun {
  const portals: Api = createRuntime(DEFAULT_OPTIONS).PortalsJS;
  const builder = portals.ApplicationBuilder('long');
  const { stream } = builder.generators.fromRange(0, events, ATOM_EVENTS);
  builder.workflows
    .source(stream)
    .filter((value: number) => value % 2 === 0)
    .sink()
    .freeze();
  const system = portals.System();
  system.launch(builder.build());
  const heapMegabytes: number[] = [];
  const stepsBetween = Math.floor((2 * events) / ATOM_EVENTS / samples);
  for (let step = 1; system.step(); step++) {
    if (step % stepsBetween !== 0) continue;
    (globalThis as { gc?: () => void }).gc?.();
    heapMegabytes.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  return { events, heapMegabytes };
}
