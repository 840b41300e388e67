import { type HostMessage, hostMessage, type PanelMessage } from './messages.ts';
import type { ViewportPlace } from './viewport.ts';

/** What VS Code gives every webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: PanelMemory): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the panel remembers while it is hidden, and across a reload of the window. */
export interface PanelMemory {
  /** Where the person left the picture of this key. */
  readonly key?: string;
  readonly place?: ViewportPlace;
  readonly legend?: boolean;
  readonly direction?: 'auto' | 'right' | 'down';
}

/** The extension's side of the panel. */
export class Host {
  readonly #api = acquireVsCodeApi();
  #memory: PanelMemory;

  constructor() {
    const state = this.#api.getState();
    this.#memory = typeof state === 'object' && state !== null ? (state as PanelMemory) : {};
  }

  get memory(): PanelMemory {
    return this.#memory;
  }

  remember(part: PanelMemory): void {
    this.#memory = { ...this.#memory, ...part };
    this.#api.setState(this.#memory);
  }

  send(message: PanelMessage): void {
    this.#api.postMessage(message);
  }

  /** Tells `receive` what the host sends; what is not as agreed is reported back, not shown. */
  listen(receive: (message: HostMessage) => void): void {
    window.addEventListener('message', ({ data }) => {
      const result = hostMessage.safeParse(data);
      if (result.success) receive(result.data);
      else this.send({ type: 'failed', message: `unexpected message: ${result.error.message}` });
    });
    window.addEventListener('error', ({ message }) => this.send({ type: 'failed', message }));
  }
}
