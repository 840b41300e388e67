import type { EnvironmentState } from '../contracts/environment.ts';
import { assertSnapshot } from './assertions.ts';
import { stateHash } from './inspection/state-hash.ts';
import type { StepHost } from './step-host.ts';

/** What a rollback restores besides the parts that enter the epoch themselves. */
export class Snapshot {
  readonly #host: StepHost;
  readonly #isVerified: boolean;
  #environment: EnvironmentState | undefined;
  #ids = 0;
  #hash = '';

  /** With `isVerified`, each rollback is checked against the hash of the whole state. */
  constructor(host: StepHost, isVerified: boolean) {
    this.#host = host;
    this.#isVerified = isVerified;
  }

  /** Takes the state at the start of an epoch, with the program's time and randomness. */
  take(environment: EnvironmentState | undefined): void {
    this.#environment = environment;
    this.#ids = this.#host.ids;
    if (this.#isVerified) this.#hash = stateHash(this.#host.graph);
  }

  /** @throws an internal error if the rolled back state is not the one taken */
  restore(): void {
    this.#host.abort(this.#ids);
    if (this.#environment !== undefined) this.#host.environment?.restore(this.#environment);
    if (this.#isVerified) assertSnapshot(stateHash(this.#host.graph), this.#hash);
  }
}
