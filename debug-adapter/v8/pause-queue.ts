import type { ControlProxy } from './agent-client.ts';

interface Look {
  readonly read: (control: ControlProxy) => Promise<void>;
  readonly fail: (error: Error) => void;
}

/** Looks at a running program that wait until it stands still for a moment. */
export class Looks {
  private waiting: Look[] = [];

  /** Resolves with what `read` finds at the next standstill. */
  wait<Result>(read: (control: ControlProxy) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, fail) => {
      this.waiting.push({ read: async (control) => resolve(await read(control)), fail });
    });
  }

  /** The program stands still. */
  async take(control: ControlProxy): Promise<void> {
    for (const look of this.waiting.splice(0)) await look.read(control).catch(look.fail);
  }

  /** It never will again. */
  fail(error: Error): void {
    for (const look of this.waiting.splice(0)) look.fail(error);
  }
}
