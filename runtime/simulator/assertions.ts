import type { Path } from '../contracts/paths.ts';
import type { Recoverable } from '../tasks/epoch.ts';
import type { RuntimeGraph } from './runtime-graph.ts';

/** An error of the simulator itself, never of the program. */
export function internalError(message: string): Error {
  return new Error(`internal: ${message}; please report this`);
}

/**
 * Checks that no part of the graph has uncommitted changes. It visits every stream, reader, queue,
 * state store and generator, but not what they contain.
 *
 * @throws an internal error that names the first part with uncommitted changes
 */
export function assertAllCommitted(graph: RuntimeGraph): void {
  for (const [part, path] of partsOf(graph)) {
    if (!part.isCommitted) throw internalError(`${path} is not committed between two epochs`);
  }
}

/** @throws an internal error if the state after a rollback is not that of the last snapshot */
export function assertSnapshot(restored: string, snapshot: string): void {
  if (restored === snapshot) return;
  throw internalError(`a rollback left state ${restored}, but the snapshot was ${snapshot}`);
}

function* partsOf(graph: RuntimeGraph): Iterable<readonly [part: Recoverable, path: Path]> {
  for (const stream of graph.streams.values()) {
    yield [stream, stream.path];
    for (const reader of stream.readers) yield [reader, reader.consumer];
  }
  for (const portal of graph.portals.values()) {
    for (const queue of portal.queues) yield [queue, portal.path];
  }
  for (const generator of graph.generators.values()) yield [generator, generator.path];
  for (const { path, runner } of graph.workflows.values()) {
    yield [runner.continuations, path];
    for (const task of runner.tasks) {
      for (const store of task.stores) yield [store, task.spec.path];
    }
  }
}
