/** Runs an update in rounds: what is asked for while one runs is brought in one more round. */
export class Rounds {
  readonly #update: () => Promise<void>;
  #running = false;
  #wanted = false;

  /** `update` reports its own failures. */
  constructor(update: () => Promise<void>) {
    this.#update = update;
  }

  request(): void {
    this.#wanted = true;
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#update();
      }
    } finally {
      this.#running = false;
    }
  }
}
