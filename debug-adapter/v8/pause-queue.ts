import type { AgentClient } from './agent-client.ts';

interface Look {
  readonly read: (control: AgentClient) => Promise<void>;
  readonly fail: (error: Error) => void;
}

/** Looks at a running program that wait until it stands still for a moment. */
export class PauseQueue {
  private waiting: Look[] = [];

  /** Resolves with what `read` finds at the next standstill. */
  wait<Result>(read: (control: AgentClient) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, fail) => {
      this.waiting.push({ read: async (control) => resolve(await read(control)), fail });
    });
  }

  /** The program stands still. */
  async take(control: AgentClient): Promise<void> {
    for (const look of this.waiting.splice(0)) await look.read(control).catch(look.fail);
  }

  /** It never will again. */
  fail(error: Error): void {
    for (const look of this.waiting.splice(0)) look.fail(error);
  }
}
