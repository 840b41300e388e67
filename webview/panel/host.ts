import type * as z from 'zod/mini';
import type { failedMessage } from './messages.ts';

/** The API that VS Code injects into every webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The connection to the extension host, and the state that VS Code persists for the panel. */
export class Host<Schema extends z.ZodMiniType, Sent, State extends object> {
  readonly #api = acquireVsCodeApi();
  readonly #schema: Schema;
  #state: Partial<State>;

  /** `schema` validates the messages that the extension sends. */
  constructor(schema: Schema) {
    const state = this.#api.getState();
    this.#schema = schema;
    this.#state = typeof state === 'object' && state !== null ? (state as Partial<State>) : {};
  }

  /** The persisted state; it survives hiding the panel and reloading the window. */
  get state(): Partial<State> {
    return this.#state;
  }

  persist(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    this.#api.setState(this.#state);
  }

  send(message: Sent | z.infer<typeof failedMessage>): void {
    this.#api.postMessage(message);
  }

  /** Calls `receive` for each valid message; reports an invalid one back to the extension. */
  onMessage(receive: (message: z.infer<Schema>) => void): void {
    window.addEventListener('message', ({ data }) => {
      const result = this.#schema.safeParse(data);
      if (result.success) receive(result.data);
      else this.send({ type: 'failed', message: `unexpected message: ${result.error.message}` });
    });
    window.addEventListener('error', ({ message }) => this.send({ type: 'failed', message }));
  }
}
