import type * as z from 'zod/mini';
import type { failedMessage } from './messages.ts';

/** What VS Code gives every webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension's side of a panel, and what the panel remembers while it is hidden. */
export class Host<Schema extends z.ZodMiniType, Sent, Memory extends object> {
  readonly #api = acquireVsCodeApi();
  readonly #schema: Schema;
  #memory: Partial<Memory>;

  /** `schema` is what the extension may send. */
  constructor(schema: Schema) {
    const state = this.#api.getState();
    this.#schema = schema;
    this.#memory = typeof state === 'object' && state !== null ? (state as Partial<Memory>) : {};
  }

  /** What was remembered, perhaps before the window was reloaded. */
  get memory(): Partial<Memory> {
    return this.#memory;
  }

  remember(part: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...part };
    this.#api.setState(this.#memory);
  }

  send(message: Sent | z.infer<typeof failedMessage>): void {
    this.#api.postMessage(message);
  }

  /** Tells `receive` what the host sends; what is not as agreed is reported back, not shown. */
  listen(receive: (message: z.infer<Schema>) => void): void {
    window.addEventListener('message', ({ data }) => {
      const result = this.#schema.safeParse(data);
      if (result.success) receive(result.data);
      else this.send({ type: 'failed', message: `unexpected message: ${result.error.message}` });
    });
    window.addEventListener('error', ({ message }) => this.send({ type: 'failed', message }));
  }
}
