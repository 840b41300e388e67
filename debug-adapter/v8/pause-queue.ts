import type { AgentClient } from './agent-client.ts';

interface PendingRead {
  readonly read: (control: AgentClient) => Promise<void>;
  readonly fail: (error: Error) => void;
}

/** Reads of a running program, which wait for its next pause. */
export class PauseQueue {
  private waiting: PendingRead[] = [];

  /** Resolves with the result of `read` at the next pause. */
  wait<Result>(read: (control: AgentClient) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, fail) => {
      this.waiting.push({ read: async (control) => resolve(await read(control)), fail });
    });
  }

  /** The program is paused: runs what waits. */
  async take(control: AgentClient): Promise<void> {
    for (const pending of this.waiting.splice(0)) await pending.read(control).catch(pending.fail);
  }

  /** The program has ended: everything that waits fails. */
  fail(error: Error): void {
    for (const pending of this.waiting.splice(0)) pending.fail(error);
  }
}
