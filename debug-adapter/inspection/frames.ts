import type { Path } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { CallFrame } from '../v8/pause.ts';

/** What a frame of DAP stands for. */
export interface Frame {
  /** Present for frames of the author's code, absent for those of the model. */
  readonly callFrame?: CallFrame;
  /** The unit whose thread it is; absent for the scheduler's. */
  readonly unit?: Path;
  /** Whether this thread is the one that is processing. */
  readonly active: boolean;
  /** What a restart of the frame begins again; absent for what has not begun. */
  readonly restarts?: 'handler' | 'event' | 'atom';
}

/** The frames shown at the current stop. Ids are never used again, so an old one is recognised. */
export class FrameStore {
  private readonly known = new Map<number, Frame>();
  private lastId = 0;

  add(frame: Frame): number {
    this.known.set(++this.lastId, frame);
    return this.lastId;
  }

  get(id: number): Frame {
    const frame = this.known.get(id);
    if (frame) return frame;
    throw new AdapterError('STALE_REFERENCE', `frame ${id} is gone: the program has run on`);
  }

  clear(): void {
    this.known.clear();
  }
}
