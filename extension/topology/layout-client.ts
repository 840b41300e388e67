import { Worker } from 'node:worker_threads';
import type { Direction, Layout, LayoutAnswer, LayoutRequest } from '../../layout/index.ts';
import type { Topology } from '../../runtime/index.ts';

/** Layouts kept: going back and forth between a few apps and directions costs nothing. */
const CACHED_MAX = 16;

interface Waiting {
  readonly resolve: (layout: Layout) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Lays out topologies in a worker thread, each shape once. The worker starts with the first one
 * and is gone when this is disposed.
 */
export class LayoutClient {
  readonly #script: string;
  readonly #cache = new Map<string, Promise<Layout>>();
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #requests = 0;

  /** `script` is the path of the built `layout-worker.js`. */
  constructor(script: string) {
    this.#script = script;
  }

  /** Starts the worker, so that the first layout need not wait for it. */
  warmUp(): void {
    this.#worker ??= this.#start();
  }

  /** `hash` changes exactly when the shape of `topology` does. */
  layout(topology: Topology, hash: string, direction: Direction): Promise<Layout> {
    const key = `${direction} ${hash}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const layout = this.#request(topology, direction);
    this.#cache.set(key, layout);
    // A failure may be passing, such as a worker that was stopped: the next request tries again.
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
      this.#waiting.set(request.id, { resolve, reject });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', (answer: LayoutAnswer) => this.#settle(answer));
    worker.on('error', (error) => {
      this.#worker = undefined;
      this.#fail(error);
    });
    // A worker that has nothing to do keeps no process alive.
    worker.unref();
    return worker;
  }

  #settle(answer: LayoutAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('layout' in answer) waiting?.resolve(answer.layout);
    else waiting?.reject(new Error(answer.error));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
