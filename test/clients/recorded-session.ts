import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { builtFile } from '../built-file.ts';

const ADAPTER = builtFile('debug-adapter.js');
const PROGRAMS = join(process.cwd(), 'test/programs');
const TIMEOUT_MS = 20_000;
/** Of longer lists the first three and the last two rows are written down. */
const ROWS_SHOWN_MAX = 40;

type Stopped = DebugProtocol.StoppedEvent['body'];
export type Breakpoint = DebugProtocol.SourceBreakpoint;

/** What a session is started with; `program` is a file of test/programs or an absolute path. */
export interface LaunchOptions {
  readonly program: string;
  readonly breakpoints?: readonly Breakpoint[];
  readonly functions?: readonly DebugProtocol.FunctionBreakpoint[];
  /** Defaults to those that are on by default. */
  readonly filters?: readonly string[];
  readonly [attribute: string]: unknown;
}

/**
 * A debug session with the built adapter that writes down what a person would see: where it stops
 * and why, stacks, variables and console lines, without ids and without the machine's paths.
 */
export class RecordedSession {
  readonly client: DebugClient;
  private readonly lines: string[] = [];
  private readonly arrived: (Stopped | 'terminated')[] = [];
  private readonly waiting: ((what: Stopped | 'terminated') => void)[] = [];
  private program = '';
  /** The breakpoints by name or on data, by their numbers. */
  private readonly names = new Map<number, string>();
  private readonly hidden = [`${PROGRAMS}/`, `${process.cwd()}/`];
  threadId = 1;

  private constructor() {
    this.client = new DebugClient('node', ADAPTER, 'portals');
    this.client.defaultTimeout = TIMEOUT_MS;
  }

  /** Starts an adapter, which is stopped at the end of the test. */
  static async start(t: TestContext): Promise<RecordedSession> {
    const session = new RecordedSession();
    session.listen();
    await session.client.start();
    // An adapter that is gone answers no request to disconnect.
    const isGone = () => (session.process?.exitCode ?? session.process?.signalCode) !== null;
    t.after(() => (isGone() ? undefined : session.client.stop()));
    return session;
  }

  /** The golden text. */
  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** The adapter's process, to see whether it is gone. */
  get process(): ChildProcess | null {
    return (this.client as unknown as { _adapterProcess: ChildProcess | null })._adapterProcess;
  }

  /** Launches up to the answer of the launch; rejects as the launch does. */
  async launch(options: LaunchOptions): Promise<void> {
    const { program, breakpoints, functions, filters, ...attributes } = options;
    this.program = program.startsWith('/') ? program : join(PROGRAMS, program);
    const { body = {} } = await this.client.initializeRequest();
    // A recorded session runs to its end, so it does not stop at completion.
    const byDefault = (body.exceptionBreakpointFilters ?? []).filter(
      (each) => each.default && each.filter !== 'completion',
    );
    const initialized = new Promise((resolve) => this.client.once('initialized', resolve));
    const launched = this.client.launchRequest({ program: this.program, ...attributes } as object);
    // A program that cannot be bundled is refused before anything can be configured.
    await Promise.race([initialized, launched]);
    if (breakpoints) await this.setBreakpoints(breakpoints);
    if (functions) await this.setFunctions(functions);
    const chosen = filters ?? byDefault.map(({ filter }) => filter);
    await this.client.setExceptionBreakpointsRequest({ filters: [...chosen] });
    await this.client.configurationDoneRequest();
    await launched;
  }

  /** Sets the breakpoints of the program, or of another file, and notes what became of them. */
  async setBreakpoints(breakpoints: readonly Breakpoint[], file = this.program): Promise<void> {
    const path = file.startsWith('/') ? file : join(PROGRAMS, file);
    const { body } = await this.client.setBreakpointsRequest({
      source: { path },
      breakpoints: [...breakpoints],
    });
    for (const [at, { verified, line, column, message }] of body.breakpoints.entries()) {
      const asked = breakpoints[at];
      const place = `${asked?.line}${asked?.column ? `:${asked.column}` : ''}`;
      const bound = `${line}${column ? `:${column}` : ''}`;
      this.note(`breakpoint ${place}: ${verified ? `bound to ${bound}` : `unbound, ${message}`}`);
    }
  }

  /** Sets the breakpoints by name, and notes what became of them. */
  async setFunctions(asked: readonly DebugProtocol.FunctionBreakpoint[]): Promise<void> {
    const { body } = await this.client.setFunctionBreakpointsRequest({ breakpoints: [...asked] });
    for (const [at, breakpoint] of body.breakpoints.entries()) {
      this.noteNamed(asked[at]?.name ?? '', breakpoint);
      this.names.set(breakpoint.id ?? 0, asked[at]?.name ?? '');
    }
  }

  /**
   * Sets breakpoints on rows of scopes, given as `SCOPE/ROW`, or `SCOPE/ROW/ROW` for one that has
   * to be unfolded, or on an expression, and notes what became of them.
   */
  async watch(
    rows: readonly (Omit<DebugProtocol.DataBreakpoint, 'dataId'> & { readonly row: string })[],
  ): Promise<void> {
    const breakpoints: DebugProtocol.DataBreakpoint[] = [];
    for (const { row, ...terms } of rows) {
      const { dataId, description, accessTypes = [], canPersist } = await this.dataInfo(row);
      const how = dataId === null ? 'no' : `${accessTypes.join(', ')}; persists: ${canPersist}`;
      this.note(`watch ${row}: ${description} (${how})`);
      if (dataId !== null) breakpoints.push({ dataId, ...terms });
    }
    await this.setData(breakpoints);
  }

  async setData(breakpoints: readonly DebugProtocol.DataBreakpoint[]): Promise<void> {
    const { body } = await this.client.customRequest('setDataBreakpoints', { breakpoints });
    for (const [at, breakpoint] of body.breakpoints.entries()) {
      const name = breakpoints[at]?.dataId ?? '';
      this.noteNamed(name, breakpoint);
      this.names.set(breakpoint.id ?? 0, name);
    }
  }

  /** Chooses exception filters with conditions, and notes what became of them. */
  async setFilters(filterOptions: readonly DebugProtocol.ExceptionFilterOptions[]): Promise<void> {
    const args = { filters: [], filterOptions };
    const { body } = await this.client.customRequest('setExceptionBreakpoints', args);
    for (const [at, breakpoint] of body.breakpoints.entries()) {
      this.noteNamed(filterOptions[at]?.filterId ?? '', breakpoint);
    }
  }

  /** Writes down what is known of the error the program stands at. */
  async exceptionInfo(): Promise<void> {
    const { body } = await this.client.customRequest('exceptionInfo', { threadId: this.threadId });
    this.note(`  (${body.exceptionId}, ${body.breakMode}: ${body.description})`);
  }

  private async dataInfo(row: string): Promise<DebugProtocol.DataBreakpointInfoResponse['body']> {
    const rows = row.split('/');
    const scope = rows.length > 1 ? rows.shift() : undefined;
    const frameId = (await this.frames(this.threadId))[0]?.id ?? 0;
    const { body } = await this.client.scopesRequest({ frameId });
    let variablesReference =
      body.scopes.find(({ name }) => name === scope)?.variablesReference ?? 0;
    for (const each of rows.slice(0, -1)) {
      const { body: unfolded } = await this.client.variablesRequest({ variablesReference });
      const found = unfolded.variables.find(({ name }) => name === each);
      variablesReference = found?.variablesReference ?? 0;
    }
    const name = rows.at(-1) ?? '';
    const args = { name, ...(scope !== undefined && { variablesReference }) };
    return (await this.client.customRequest('dataBreakpointInfo', args)).body;
  }

  private noteNamed(name: string, { verified, reason, message }: DebugProtocol.Breakpoint): void {
    const said = message === undefined ? '' : `, ${message}`;
    this.note(`breakpoint ${name}: ${verified ? 'verified' : reason}${said}`);
  }

  /** Does `command`, and writes down where that led. */
  async go(command: string, args: object = {}): Promise<void> {
    this.note(`> ${command}`);
    await this.client.customRequest(command, { threadId: this.threadId, ...args });
    await this.stopped();
  }

  /** The labels of what can be stepped into, by their numbers; written down as well. */
  async targets(): Promise<ReadonlyMap<string, number>> {
    const frameId = (await this.frames(this.threadId))[0]?.id ?? 0;
    const { body } = await this.client.stepInTargetsRequest({ frameId });
    for (const { label } of body.targets) this.note(`  target: ${label}`);
    return new Map(body.targets.map(({ id, label }) => [label, id]));
  }

  /** Waits for the next stop or the end, and writes it down with the stack. */
  async stopped(): Promise<Stopped | 'terminated'> {
    const what = await this.next();
    if (what === 'terminated') return what;
    this.threadId = what.threadId ?? 0;
    const detail = what.text ? ` (${what.text})` : '';
    this.note(`stopped: ${what.reason}: ${what.description}${detail}`);
    await this.stack(this.threadId);
    return what;
  }

  /** Writes down the stack of a thread. */
  async stack(threadId: number): Promise<void> {
    for (const { name, source, line, column } of await this.frames(threadId)) {
      this.note(`  ${name}${source ? `  ${source.name}:${line}:${column}` : ''}`);
    }
  }

  /** Writes down the stacks of all threads. */
  async threads(): Promise<void> {
    const { body } = await this.client.threadsRequest();
    for (const { id, name } of body.threads) {
      this.note(`thread ${name}`);
      await this.stack(id);
    }
  }

  /** Writes down the variables of the named scopes, unfolded to `depth`. */
  async scopes(names: readonly string[], depth = 1, frame = 0): Promise<void> {
    const frameId = (await this.frames(this.threadId))[frame]?.id ?? 0;
    const { body } = await this.client.scopesRequest({ frameId });
    for (const { name, variablesReference } of body.scopes) {
      if (!names.includes(name)) continue;
      this.note(`  [${name}]`);
      await this.variables(variablesReference, depth, '    ');
    }
  }

  async frames(threadId: number): Promise<DebugProtocol.StackFrame[]> {
    const { body } = await this.client.stackTraceRequest({ threadId });
    return body.stackFrames;
  }

  /** The value of an expression in the innermost frame, or the error in angle brackets. */
  async evaluate(expression: string, context = 'watch'): Promise<string> {
    const frameId = (await this.frames(this.threadId))[0]?.id ?? 0;
    try {
      const { body } = await this.client.evaluateRequest({ expression, context, frameId });
      return body.result;
    } catch (error) {
      return `<${(error as Error).message}>`;
    }
  }

  /** Types a line into the Debug Console, and writes down the answer and what unfolds below it. */
  async type(line: string): Promise<void> {
    this.note(`» ${line}`);
    const frameId = (await this.frames(this.threadId))[0]?.id ?? 0;
    try {
      const args = { expression: line, context: 'repl', frameId };
      const { body } = await this.client.evaluateRequest(args);
      for (const each of body.result.split('\n')) this.note(`  ${each}`);
      if (body.variablesReference > 0) await this.variables(body.variablesReference, 1, '    ');
    } catch (error) {
      for (const each of (error as Error).message.split('\n')) this.note(`  ! ${each}`);
    }
  }

  /** Leaves `path` out of what is written down. */
  hide(path: string): void {
    this.hidden.push(path);
  }

  note(line: string): void {
    const local = this.hidden.reduce((text, path) => text.replaceAll(path, ''), line);
    // Keys made by hashing a value are long; which they are is no matter of these tests.
    this.lines.push(local.replace(/\(key -?\d{6,}\)/, '(key #)'));
  }

  private async variables(variablesReference: number, depth: number, indent: string) {
    const { body } = await this.client.variablesRequest({ variablesReference });
    const shown = body.variables.filter(({ name }) => !name.startsWith('[['));
    if (shown.length > ROWS_SHOWN_MAX) shown.splice(3, shown.length - 5);
    for (const { name, value, variablesReference: below, valueLocationReference } of shown) {
      const place = await this.location(valueLocationReference);
      this.note(`${indent}${name}: ${value}${place}`);
      if (below > 0 && depth > 1) await this.variables(below, depth - 1, `${indent}  `);
    }
  }

  /** Where a value can be followed to. */
  private async location(locationReference: number | undefined): Promise<string> {
    if (locationReference === undefined) return '';
    try {
      const { body } = await this.client.customRequest('locations', { locationReference });
      return `  ${body.source.name}:${body.line}:${body.column}`;
    } catch (error) {
      return `  <${(error as Error).message}>`;
    }
  }

  private next(): Promise<Stopped | 'terminated'> {
    const known = this.arrived.shift();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing came:\n${this.text}`)), TIMEOUT_MS);
      this.waiting.push((what) => {
        clearTimeout(timer);
        resolve(what);
      });
    });
  }

  private arrive(what: Stopped | 'terminated'): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting(what);
    else this.arrived.push(what);
  }

  private listen(): void {
    const { client } = this;
    client.on('output', ({ body }: DebugProtocol.OutputEvent) => {
      const place = body.source ? `  ${body.source.name}:${body.line}` : '';
      this.note(`${body.category}: ${body.output.trimEnd()}${place}`);
    });
    client.on('breakpoint', ({ body }: DebugProtocol.BreakpointEvent) => {
      const name = this.names.get(body.breakpoint.id ?? 0);
      if (name !== undefined) this.noteNamed(name, body.breakpoint);
    });
    client.on('stopped', ({ body }: DebugProtocol.StoppedEvent) => this.arrive(body));
    client.on('exited', ({ body }: DebugProtocol.ExitedEvent) => {
      this.note(`exited with ${body.exitCode}`);
    });
    client.on('terminated', () => {
      this.note('terminated');
      this.arrive('terminated');
    });
  }
}
