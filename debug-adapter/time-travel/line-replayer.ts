import { PROGRAM_URL } from '../../program/index.ts';
import type { DataBreakpoint, OutputRecord } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import { isAccess, type Pause } from '../v8/pause.ts';
import { holdsAtHit } from '../v8/probe.ts';
import { IGNORED_EVENTS } from '../v8/run-events.ts';
import { locationName } from '../v8/script/script-location.ts';
import type { ResumeAction } from '../v8/step-state.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Anchor, LineStep, StepPath } from './position.ts';

/** The states that are watched. */
export type DataRules = () => readonly DataBreakpoint[];

/** Leads a run in reserve through the lines of the author, from the moment where it stands. */
export class LineReplayer {
  /** The program's output during the replay. */
  readonly output: OutputRecord[] = [];
  private readonly debuggee: Debuggee;
  private readonly dataRules: DataRules;
  private readonly ended: Promise<undefined>;
  private pause: ((pause: Pause) => void) | undefined;

  constructor({ run, debuggee }: Checkpoint, dataRules: DataRules) {
    this.debuggee = debuggee;
    this.dataRules = dataRules;
    this.ended = run.whenEnded.then(() => undefined);
    run.emitTo({
      ...IGNORED_EVENTS,
      onOutput: (records) => this.output.push(...records),
      onPaused: (pause) => this.pause?.(pause),
    });
  }

  /**
   * Goes the way of `trail`.
   *
   * @throws AdapterError when the program does not go that way again.
   */
  async follow({ anchor: base, steps }: StepPath): Promise<Pause> {
    let pause = await this.toBase(base);
    for (const step of steps) pause = pause && (await this.step(step));
    if (pause && isLine(pause)) return pause;
    // What is evaluated in a run may change it, and is not repeated.
    const problem = 'the replay does not reach this line again; go back to an atom instead';
    throw new AdapterError('NOT_REPEATED', problem);
  }

  /** Into the handler that is about to run; `undefined` when it is not the author's. */
  async enter(): Promise<Pause | undefined> {
    return this.authored(() => this.debuggee.enter());
  }

  /** One step; `undefined` at the end of the event, and of the program. */
  step(command: LineStep): Promise<Pause | undefined> {
    return this.authored(() => this.debuggee.resume({ mode: { kind: 'line' }, command }));
  }

  /** Resumes until something stops it; `undefined` when nothing does. */
  go(course: ResumeAction): Promise<Pause | undefined> {
    return this.next(() => this.debuggee.resume(course));
  }

  /** Has the run stop at an arrival as well; returns how to undo that. */
  async stopAt(base: Anchor): Promise<() => Promise<void>> {
    const { cdp } = this.debuggee;
    if (base.kind === 'exception') {
      await cdp.send('Debugger.setPauseOnExceptions', { state: 'all' });
      return async () => void (await cdp.send('Debugger.setPauseOnExceptions', { state: 'none' }));
    }
    if (base.kind === 'entry') return async () => {};
    if (base.kind === 'access') {
      const { agentClient: control } = this.debuggee;
      await control.call('setDataBreakpoints', this.dataRules());
      return async () => void (await this.debuggee.agentClient.call('setDataBreakpoints', []));
    }
    const { line: lineNumber, column: columnNumber, hitCount: arrival } = base;
    const at = locationName(base);
    const { breakpointId } = await cdp.send('Debugger.setBreakpointByUrl', {
      url: PROGRAM_URL,
      lineNumber,
      columnNumber,
      condition: holdsAtHit(at, arrival),
    });
    return () => this.debuggee.removals.remove(breakpointId, at);
  }

  private async toBase(base: Anchor): Promise<Pause | undefined> {
    if (base.kind === 'entry') return this.enter();
    const undo = await this.stopAt(base);
    let left = 'nth' in base ? base.nth : 1;
    let pause: Pause | undefined;
    do {
      pause = await this.go({ mode: { kind: 'line' }, command: 'resume' });
      if (pause && !isLine(pause)) break;
      if (pause && isStopOf(pause, base)) left -= 1;
    } while (pause && left > 0);
    await undo();
    return pause;
  }

  private async authored(go: () => Promise<void>): Promise<Pause | undefined> {
    const pause = await this.next(go);
    return pause && isLine(pause) ? pause : undefined;
  }

  private async next(go: () => Promise<void>): Promise<Pause | undefined> {
    const stood = new Promise<Pause>((resolve) => {
      this.pause = resolve;
    });
    await go();
    return Promise.race([stood, this.ended]);
  }
}

/** Whether a pause is what a base of its kind counts. */
function isStopOf({ cause }: Pause, base: Anchor): boolean {
  if (base.kind === 'access') return isAccess(cause);
  return cause.kind === (base.kind === 'exception' ? 'exception' : 'breakpoint');
}

/** Whether the run stands in the author's lines, rather than at a boundary of the model. */
function isLine({ cause }: Pause): boolean {
  return cause.kind !== 'model' || isAccess(cause);
}
