/** Slots of the shared integers. */
const PAUSE = 0;
const WAITING = 1;
const STEP = 2;
const INDEX = 3;
const PATH_LENGTH = 4;
const LANDING = 5;
const PASSED = 6;
const SLOTS = 8;
const PATH_BYTES_MAX = 1024;

/** Batches of output that may be on their way before the program has to wait. */
const BATCHES_MAX = 64;

/** Where the program was last seen at work; readable even after its thread has died. */
export interface LastSeen {
  readonly step: number;
  /** 0-based index of the event; -1 where only the step is known. */
  readonly index: number;
  /** The task, or the unit where only the step is known. */
  readonly path: string;
}

/**
 * Memory shared by the thread that debugs and the thread that runs the program: the one channel
 * that works while the program computes and after it has died.
 */
export class Signals {
  readonly memory: SharedArrayBuffer;
  private readonly slots: Int32Array;
  private readonly path: Uint8Array;
  private pathSeen = '';

  constructor(memory = new SharedArrayBuffer(SLOTS * 4 + PATH_BYTES_MAX)) {
    this.memory = memory;
    this.slots = new Int32Array(memory, 0, SLOTS);
    this.path = new Uint8Array(memory, SLOTS * 4);
  }

  /** Asks the program to stop at the next boundary of the model. */
  requestPause(): void {
    Atomics.store(this.slots, PAUSE, 1);
  }

  /** Withdraws a request to pause; true if there was one. */
  takePause(): boolean {
    return Atomics.exchange(this.slots, PAUSE, 0) === 1;
  }

  get pauseRequested(): boolean {
    return Atomics.load(this.slots, PAUSE) === 1;
  }

  /** Whether a run that repeats what is known is to stand still before it is where it was sent. */
  get earlyStopRequested(): boolean {
    return Atomics.load(this.slots, LANDING) === 1;
  }

  set earlyStopRequested(wanted: boolean) {
    Atomics.store(this.slots, LANDING, wanted ? 1 : 0);
  }

  /** A muted run has reached this step. */
  pass(step: number): void {
    this.slots[PASSED] = step;
  }

  /** The current step, also of a muted run. */
  get step(): number {
    return this.slots[PASSED] ?? 0;
  }

  /** Counts a batch sent; waits while the reader is too far behind, to keep memory bounded. */
  batchSent(): void {
    const waiting = Atomics.add(this.slots, WAITING, 1) + 1;
    if (waiting >= BATCHES_MAX) Atomics.wait(this.slots, WAITING, waiting, 1000);
  }

  batchRead(): void {
    Atomics.sub(this.slots, WAITING, 1);
    Atomics.notify(this.slots, WAITING);
  }

  see(step: number, path: string, index: number): void {
    this.pass(step);
    this.slots[STEP] = step;
    this.slots[INDEX] = index;
    if (path === this.pathSeen) return;
    this.pathSeen = path;
    const { written } = new TextEncoder().encodeInto(path, this.path);
    this.slots[PATH_LENGTH] = written;
  }

  lastSeen(): LastSeen | undefined {
    const length = this.slots[PATH_LENGTH] ?? 0;
    if (length === 0) return undefined;
    // A decoder refuses shared memory, hence the copy.
    const path = new TextDecoder().decode(this.path.slice(0, length));
    return { step: this.slots[STEP] ?? 0, index: this.slots[INDEX] ?? 0, path };
  }
}
