import type { Page } from '../../contracts/inspection.ts';
import type { Leftover, WaitingContinuation } from '../../contracts/leftovers.ts';
import type { Path } from '../../contracts/paths.ts';
import type { Continuation, Request } from '../../tasks/messages.ts';
import { STASH_STATE } from '../../tasks/stash.ts';
import type { RuntimeGraph } from '../runtime-graph.ts';

/** The first `count` of what the run leaves undone: continuations, stashes, second replies. */
export function leftovers(graph: RuntimeGraph, count: number): Page<Leftover> {
  const runners = [...graph.workflows.values()].map(({ runner }) => runner);
  const pending = runners.flatMap(({ continuations }) => continuations.values());
  const stashes = runners
    .flatMap(({ tasks }) => [...tasks])
    .flatMap((task) => {
      const store = task.keyStores.get(STASH_STATE);
      return store === undefined ? [] : [{ task: task.spec.path, store }];
    });
  const seconds = runners.flatMap(({ continuations }) => continuations.secondReplies);
  const items: Leftover[] = [];
  const waits = new Waits(graph, pending);
  for (const each of pending.slice(0, count)) items.push(waits.describe(each));
  let total = pending.length;
  for (const { task, store } of stashes) {
    for (const [key, events] of store.entries()) {
      const stashed = Array.isArray(events) ? events.length : 0;
      if (stashed === 0) continue;
      total += 1;
      if (items.length < count) items.push({ kind: 'stash', task, key, count: stashed });
    }
  }
  total += seconds.length;
  for (const { portal, task, count: replies } of seconds.slice(0, count - items.length)) {
    const replier = waits.replierOf(portal);
    items.push({ kind: 'second-reply', task, portal, ...replier, count: replies });
  }
  return { start: 0, total, items };
}

/** Finds out whom continuations wait for. */
class Waits {
  /** The requests that wait in a mailbox, or whose reply does. */
  readonly #queued = new Set<Request>();
  /** By the request that it will reply to: the continuation of the replier. */
  readonly #held = new Map<Request, Continuation>();
  readonly #repliers = new Map<Path, Path>();

  constructor({ portals, applications }: RuntimeGraph, pending: readonly Continuation[]) {
    for (const batch of [...portals.values()]
      .flatMap(({ queues }) => queues)
      .flatMap((queue) => [...queue.batches()])) {
      const requests = batch.kind === 'requests' ? batch.requests : batch.replies.map(requestOf);
      for (const request of requests) this.#queued.add(request);
    }
    for (const each of pending) {
      if (each.replyingTo !== undefined) this.#held.set(each.replyingTo, each);
    }
    const workflows = applications.flatMap(({ elements }) => elements.workflows);
    for (const task of workflows.flatMap(({ tasks }) => tasks)) {
      for (const portal of task.repliesTo) this.#repliers.set(portal.path, task.path);
    }
  }

  replierOf(portal: Path): { readonly replier?: Path } {
    const replier = this.#repliers.get(portal);
    return replier === undefined ? {} : { replier };
  }

  describe({ task, key, step, callback, site, requests }: Continuation): WaitingContinuation {
    const missing = missingOf(requests);
    const portal = missing?.portal ?? ('' as Path);
    const holder = missing && this.#held.get(missing);
    const heldFor = holder && missingOf(holder.requests)?.portal;
    return {
      kind: 'continuation',
      task,
      key,
      portal,
      ...this.replierOf(portal),
      step,
      why: this.#reasonOf(missing, holder),
      ...(heldFor !== undefined && { heldFor }),
      callback,
      ...(site === undefined ? {} : { site }),
    };
  }

  #reasonOf(
    missing: Request | undefined,
    holder: Continuation | undefined,
  ): WaitingContinuation['why'] {
    if (missing === undefined || this.#queued.has(missing)) return 'not-handled';
    if (missing.isReplied) return 'reply-dropped';
    return holder === undefined ? 'no-reply' : 'replier-waits';
  }
}

function missingOf(requests: readonly Request[]): Request | undefined {
  return requests.find(({ reply }) => reply === undefined);
}

function requestOf({ request }: { readonly request: Request }): Request {
  return request;
}
