import { appendFileSync, statSync } from 'node:fs';
import { Redaction } from './redaction.ts';

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
  private readonly redaction = new Redaction();
  private file: string | undefined;

  /** Records a message, and appends it to the file if there is one. */
  record(from: LoggedMessage['from'], message: unknown): void {
    const shown = isObject(message) ? this.redaction.ofRequest(message) : message;
    // Before the text is cut: the beginning of a secret would not be recognized.
    const text = this.redaction.ofText(jsonOf(shown));
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
    // Opening a pipe would wait for its reader, and the adapter would answer nothing.
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? true;
    if (!isFile) throw new Error(`${file} is not a file`);
    const lines = this.kept.map(({ time, from, text }) => `${time} ${from} ${text}\n`);
    // For its owner only, because messages contain values of the program.
    appendFileSync(file, lines.join(''), { mode: 0o600 });
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

/** A message can be nested too deeply for JSON; it must get its response all the same. */
function jsonOf(message: unknown): string {
  try {
    return JSON.stringify(message) ?? '';
  } catch (error) {
    return `(a message that is no JSON: ${error instanceof Error ? error.message : error})`;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
