/** Coalesces update requests: requests during a running update cause one further update. */
export class CoalescedUpdate {
  readonly #update: () => Promise<void>;
  #running = false;
  #requested = false;

  /** `update` must handle its own errors. */
  constructor(update: () => Promise<void>) {
    this.#update = update;
  }

  request(): void {
    this.#requested = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#requested) {
        this.#requested = false;
        await this.#update();
      }
    } finally {
      this.#running = false;
    }
  }
}
