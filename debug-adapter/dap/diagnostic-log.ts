import { inspect } from 'node:util';
import { LogFile } from './log-file.ts';
import { Redaction } from './redaction.ts';
import { versions } from './versions.ts';

/** The number of messages kept in memory of each protocol. */
const MESSAGES_MAX = 500;

/** The number of errors kept in memory. */
const ERRORS_MAX = 50;

/** Longer messages are cut to this many characters: in memory, and in the file. */
const TEXT_MAX = 2000;
const LINE_MAX = 64 * 1024;

/** V8 sends whole scripts and stacks; their beginning says what a message is. */
const V8_TEXT_MAX = 1000;

/**
 * Where a message comes from: `client` and `adapter` speak the Debug Adapter Protocol, `debugger`
 * and `v8` the Chrome DevTools Protocol; an `error` is the adapter's own.
 */
type Origin = 'client' | 'adapter' | 'debugger' | 'v8' | 'error';

/** One line of the log. */
export interface LoggedMessage {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly from: Origin;
  /** The message as JSON, without the values of environment variables. */
  readonly text: string;
}

type Numbered = LoggedMessage & { readonly number: number };

/** The latest lines of one kind. */
class Ring {
  readonly lines: Numbered[] = [];
  private readonly max: number;

  constructor(max: number) {
    this.max = max;
  }

  add(line: Numbered): void {
    this.lines.push(line);
    if (this.lines.length > this.max) this.lines.shift();
  }
}

/**
 * The latest messages of one connection, for bug reports: the Debug Adapter Protocol, the protocol
 * of V8, and errors of the adapter. They can be written to a file as well.
 */
export class DiagnosticLog {
  // The many messages of V8 must not push out those of the client.
  private readonly dap = new Ring(MESSAGES_MAX);
  private readonly v8 = new Ring(MESSAGES_MAX);
  private readonly errors = new Ring(ERRORS_MAX);
  private readonly redaction = new Redaction();
  private file: LogFile | undefined;
  private count = 0;

  /** Records a message of the Debug Adapter Protocol. */
  record(from: 'client' | 'adapter', message: unknown): void {
    const shown = isObject(message) ? this.redaction.ofRequest(message) : message;
    this.add(this.dap, from, jsonOf(shown), LINE_MAX);
  }

  /** Records a message to or from V8: `#THREAD` and its JSON. */
  recordV8(from: 'debugger' | 'v8', message: string): void {
    this.add(this.v8, from, message, V8_TEXT_MAX);
  }

  /** Records an error of the adapter, with its stack and causes. */
  recordError(thrown: unknown): void {
    this.add(this.errors, 'error', JSON.stringify(inspect(thrown)), LINE_MAX);
  }

  /**
   * Writes every further message to `file`, beginning with those in memory.
   *
   * @throws Error of the file system when the file cannot be written.
   */
  writeTo(file: string): void {
    const head = `${new Date().toISOString()} versions ${JSON.stringify(versions())}\n`;
    this.file = new LogFile(file, head);
    for (const line of this.messages) this.file.append(formatLine(line));
  }

  /** The messages in memory, oldest first. */
  get messages(): readonly LoggedMessage[] {
    return [...this.dap.lines, ...this.v8.lines, ...this.errors.lines]
      .sort((one, other) => one.number - other.number)
      .map(({ number: _number, ...message }) => message);
  }

  private add(ring: Ring, from: Origin, message: string, charsMax: number): void {
    const text = this.redaction.ofBeginning(message, charsMax);
    const line = { time: new Date().toISOString(), from, text };
    this.file?.append(formatLine(line));
    ring.add({ ...line, text: text.slice(0, TEXT_MAX), number: this.count++ });
  }
}

function formatLine({ time, from, text }: LoggedMessage): string {
  return `${time} ${from} ${text}\n`;
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
