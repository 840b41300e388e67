/** An error of a program that did not launch, at a source position; both numbers are 1-based. */
export interface LaunchProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The part of a DAP message that describes a failed launch. */
export interface AdapterMessage {
  readonly type?: unknown;
  readonly command?: unknown;
  readonly event?: unknown;
  readonly success?: unknown;
  readonly body?: unknown;
}

const POSITIONED = /^(.+?):(\d+):(\d+): (.+)$/;

/** Collects the problems of one launch from the messages of the debug adapter. */
export class LaunchProblems {
  #outputs: LaunchProblem[] = [];

  /** The problems if `message` reports that the launch failed, or an empty list if it succeeded. */
  accept(message: AdapterMessage): readonly LaunchProblem[] | undefined {
    if (message.type === 'event' && message.event === 'output') this.#acceptOutput(message.body);
    if (message.type !== 'response' || message.command !== 'launch') return undefined;
    if (message.success === true) return [];
    const positioned = positionedLines(textOf(message.body));
    return positioned.length > 0 ? positioned : this.#outputs;
  }

  #acceptOutput(body: unknown): void {
    const { category, output, source, line, column } = fieldsOf(body);
    const { path } = fieldsOf(source);
    if (category !== 'stderr' || typeof output !== 'string' || typeof path !== 'string') return;
    const position = { line: numberOr(line, 1), column: numberOr(column, 1) };
    this.#outputs.push({ file: path, ...position, message: output.trim() });
  }
}

function positionedLines(text: string): LaunchProblem[] {
  return text.split('\n').flatMap((each) => {
    const [, file, line, column, message] = POSITIONED.exec(each) ?? [];
    if (file === undefined || message === undefined) return [];
    return [{ file, line: Number(line), column: Number(column), message }];
  });
}

/** The error text of a failed response. */
function textOf(body: unknown): string {
  const { format } = fieldsOf(fieldsOf(body)['error']);
  return typeof format === 'string' ? format : '';
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && value > 0 ? value : fallback;
}
