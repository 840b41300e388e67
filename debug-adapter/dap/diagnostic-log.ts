import { appendFileSync } from 'node:fs';

/** The number of protocol messages kept in memory. */
const MESSAGES_MAX = 500;

/** Longer messages are cut to this many characters in memory. */
const TEXT_MAX = 2000;

/** One message of the Debug Adapter Protocol. */
export interface LoggedMessage {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly from: 'client' | 'adapter';
  /** The message as JSON, without the values of environment variables. */
  readonly text: string;
}

/**
 * The latest protocol messages of one connection, for bug reports. They can be written to a file
 * as well.
 */
export class DiagnosticLog {
  private readonly kept: LoggedMessage[] = [];
  private file: string | undefined;

  /** Records a message, and appends it to the file if there is one. */
  record(from: LoggedMessage['from'], message: unknown): void {
    const text = JSON.stringify(message, redacted) ?? '';
    const time = new Date().toISOString();
    if (this.file !== undefined) this.append(`${time} ${from} ${text}\n`);
    this.kept.push({ time, from, text: text.slice(0, TEXT_MAX) });
    if (this.kept.length > MESSAGES_MAX) this.kept.shift();
  }

  /**
   * Writes every further message to `file`, beginning with those in memory.
   *
   * @throws Error of the file system when the file cannot be written.
   */
  writeTo(file: string): void {
    const lines = this.kept.map(({ time, from, text }) => `${time} ${from} ${text}\n`);
    appendFileSync(file, lines.join(''));
    this.file = file;
  }

  /** The messages in memory, oldest first. */
  get messages(): readonly LoggedMessage[] {
    return [...this.kept];
  }

  private append(line: string): void {
    try {
      appendFileSync(this.file ?? '', line);
    } catch {
      // A log that cannot be written any longer must not end the session it reports about.
      this.file = undefined;
    }
  }
}

/** Environment variables may hold secrets. */
function redacted(key: string, value: unknown): unknown {
  if (key !== 'env' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, '(redacted)']));
}
