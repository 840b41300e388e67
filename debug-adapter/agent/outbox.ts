import type { Moment } from '../../runtime/index.ts';
import type { FromWorker, Item, OutputRecord } from './messages.ts';
import type { Signals } from './signals.ts';

const FLUSH_AFTER_MS = 25;
const HELD_MAX = 512;

/**
 * Sends what the user is to read. The first line goes at once; a flood is sent in batches, because
 * a message per line would cost more than the program itself.
 */
export class Outbox {
  private held: OutputRecord[] = [];
  private flushedAt = Number.NEGATIVE_INFINITY;
  private readonly post: (message: FromWorker) => void;
  private readonly signals: Signals;
  private readonly moment: () => Moment;

  constructor(post: (message: FromWorker) => void, signals: Signals, moment: () => Moment) {
    this.post = post;
    this.signals = signals;
    this.moment = moment;
  }

  /** `notice` says when in its step it was written, if not now. */
  emit(item: Item, notice?: number): void {
    const now = this.moment();
    this.held.push({ ...item, at: notice === undefined ? now : { ...now, notice } });
    const idle = performance.now() - this.flushedAt >= FLUSH_AFTER_MS;
    if (idle || this.held.length >= HELD_MAX) this.flush();
  }

  flush(): void {
    this.flushedAt = performance.now();
    if (this.held.length === 0) return;
    this.post({ kind: 'output', items: this.take() });
    this.signals.batchSent();
  }

  /** Hands over what is held; used while the program is paused and messages would be late. */
  take(): readonly OutputRecord[] {
    const items = this.held;
    this.held = [];
    return items;
  }
}
