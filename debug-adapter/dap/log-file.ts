import { appendFileSync, renameSync, statSync } from 'node:fs';

/** A file that would become larger is set aside, and another one begun. */
const BYTES_MAX = 16 * 1024 * 1024;

/**
 * A log file. When it is full, it gets the suffix `.1`, in place of an earlier one, so that the two
 * take at most twice {@link BYTES_MAX}.
 */
export class LogFile {
  private readonly path: string;
  private readonly head: string;
  private readonly bytesMax: number;
  private bytes: number;
  private broken = false;

  /**
   * Opens the file at `path`, which may exist; it and each that follows begin with `head`.
   *
   * @throws Error of the file system when the file cannot be written.
   */
  constructor(path: string, head: string, bytesMax = BYTES_MAX) {
    const known = statSync(path, { throwIfNoEntry: false });
    // Opening a pipe would wait for its reader, and the adapter would answer nothing.
    if (known && !known.isFile()) throw new Error(`${path} is not a file`);
    this.path = path;
    this.head = head;
    this.bytesMax = bytesMax;
    this.bytes = known?.size ?? 0;
    this.write(head);
  }

  /** Appends a line. A file that cannot be written any longer is given up. */
  append(line: string): void {
    if (this.broken) return;
    try {
      if (this.bytes + Buffer.byteLength(line) > this.bytesMax) this.rotate();
      this.write(line);
    } catch {
      // A log must not end the session that it reports on.
      this.broken = true;
    }
  }

  private rotate(): void {
    renameSync(this.path, `${this.path}.1`);
    this.bytes = 0;
    this.write(this.head);
  }

  private write(text: string): void {
    // For its owner only, because messages contain values of the program.
    appendFileSync(this.path, text, { mode: 0o600 });
    this.bytes += Buffer.byteLength(text);
  }
}
