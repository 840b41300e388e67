import { Worker } from 'node:worker_threads';
import type { Direction, Layout, LayoutRequest, LayoutResponse } from '../../layout/index.ts';
import type { Topology } from '../../runtime/index.ts';

/** Number of cached layouts. */
const CACHED_MAX = 16;

interface PendingRequest {
  readonly resolve: (layout: Layout) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Lays out topologies in a worker thread and caches the layouts. The worker starts with the first
 * request and stops on disposal.
 */
export class LayoutClient {
  readonly #script: string;
  readonly #cache = new Map<string, Promise<Layout>>();
  readonly #pending = new Map<number, PendingRequest>();
  #worker: Worker | undefined;
  #requests = 0;

  /** `script` is the path of the built `layout-worker.js`. */
  constructor(script: string) {
    this.#script = script;
  }

  /** Starts the worker before the first request. */
  warmUp(): void {
    this.#worker ??= this.#start();
  }

  /** `hash` changes exactly when the shape of `topology` does. */
  layout(topology: Topology, hash: string, direction: Direction): Promise<Layout> {
    const key = `${direction} ${hash}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const layout = this.#request(topology, direction);
    this.#cache.set(key, layout);
    // A failure may be transient, for example a stopped worker; the next request retries.
    layout.catch(() => this.#cache.delete(key));
    for (const oldest of [...this.#cache.keys()].slice(0, -CACHED_MAX)) this.#cache.delete(oldest);
    return layout;
  }

  dispose(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#fail(new Error('the layout worker was stopped'));
  }

  #request(topology: Topology, direction: Direction): Promise<Layout> {
    this.#worker ??= this.#start();
    this.#requests += 1;
    const request: LayoutRequest = { id: this.#requests, topology, direction };
    this.#worker.postMessage(request);
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (response: LayoutResponse) => this.#receive(response));
    worker.on('error', (error) => {
      this.#worker = undefined;
      this.#fail(error);
    });
    // An idle worker must not keep the process alive.
    worker.unref();
    return worker;
  }

  #receive(response: LayoutResponse): void {
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if (this.#pending.size === 0) this.#worker?.unref();
    if ('layout' in response) pending?.resolve(response.layout);
    else pending?.reject(new Error(response.error));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
