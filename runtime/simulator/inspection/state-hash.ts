import { Fingerprint } from '../../values/fingerprint.ts';
import type { MessageBatch } from '../processors/portal-mailbox.ts';
import type { RuntimeGraph } from '../runtime-graph.ts';
import { namedStores } from './state-view.ts';

/**
 * A fingerprint of all state, streams, queues and continuations by their contents: equal for equal
 * histories on any machine. The events of streams count where the run digests them.
 */
export function stateHash(graph: RuntimeGraph): string {
  const print = new Fingerprint();
  for (const { path, runner } of graph.workflows.values()) {
    print.add(path);
    for (const { task, name, scope, store } of runner.tasks.flatMap(namedStores)) {
      print.add(task.spec.path).add(name).add(scope);
      for (const [key, value] of [...store.entries()].sort(byText)) print.add(key).add(value);
    }
    for (const { task, key, callback, requests } of runner.continuations.values()) {
      print.add(task).add(key).add(callback);
      for (const { portal, value } of requests) print.add(portal).add(value);
    }
  }
  for (const stream of graph.streams.values()) {
    print.add(stream.path).add(stream.committed).add(stream.digest);
  }
  for (const { path, queues } of graph.portals.values()) {
    print.add(path);
    for (const queue of queues) for (const batch of queue.batches()) addBatch(print, batch);
  }
  return print.text();
}

function addBatch(print: Fingerprint, batch: MessageBatch): void {
  print.add(batch.kind).add(batch.asker);
  if (batch.kind === 'requests') {
    for (const { task, key, value } of batch.requests) print.add(task).add(key).add(value);
  } else {
    for (const { request, value } of batch.replies) {
      print.add(request.task).add(request.askerKey).add(request.value).add(value);
    }
  }
}

type Entry = readonly [key: unknown, value: unknown];

function byText([one]: Entry, [other]: Entry): number {
  const [left, right] = [`${typeof one}${String(one)}`, `${typeof other}${String(other)}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
