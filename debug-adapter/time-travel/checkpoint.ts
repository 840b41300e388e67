import { isSameMoment, type Moment, type RecordedInput } from '../../runtime/index.ts';
import type { RunTarget } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import type { Run } from '../v8/run.ts';
import { IGNORED_EVENTS, type RunEvents } from '../v8/run-events.ts';

/** Starts a run of the program that stands still before its first statement; see {@link Run}. */
export type Spawn = (events: RunEvents, born?: (run: Run) => void) => Promise<Run>;

/**
 * A second run of the same program, which repeats what is known of the first one and stands still
 * somewhere on its way. As both are the same to the bit, it can take the first one's place.
 */
export class Checkpoint {
  readonly run: Run;
  readonly debuggee: Debuggee;
  /** Where it stands; absent before the program has been loaded. */
  pause: Pause | undefined;
  private ended = false;

  private constructor(run: Run, debuggee: Debuggee) {
    this.run = run;
    this.debuggee = debuggee;
  }

  static async start(spawn: Spawn): Promise<Checkpoint> {
    let checkpoint: Checkpoint | undefined;
    const onEnded = () => {
      if (checkpoint) checkpoint.ended = true;
    };
    const run = await spawn({ ...IGNORED_EVENTS, onEnded });
    if (!run.debuggee) throw new AdapterError('NOT_DEBUGGING', 'the program is not debugged');
    checkpoint = new Checkpoint(run, run.debuggee);
    return checkpoint;
  }

  /** Where it stands in the run; the very beginning while the program has not been loaded. */
  get position(): Moment {
    return this.pause?.snapshot.moment ?? { boundary: 0, notice: 0 };
  }

  /** Whether it can still be sent anywhere. */
  get isUsable(): boolean {
    return !this.ended;
  }

  /** Resumes to `target`, at or after its position. @throws AdapterError if it cannot. */
  async resumeTo(target: RunTarget, inputs: readonly RecordedInput[]): Promise<Pause> {
    if (this.pause && isThere(this.pause, target)) {
      await this.expect(inputs);
      return this.pause;
    }
    this.pause = await this.debuggee.seek(target, inputs, false);
    return this.pause;
  }

  /** Prepares it for `inputs`, of which it has had those before its moment. */
  async expect(inputs: readonly RecordedInput[]): Promise<void> {
    await this.debuggee.assignments.expect(inputs);
    await this.debuggee.agentClient.call('expectInputs', inputs);
  }

  async terminate(): Promise<void> {
    this.ended = true;
    await this.run.terminate();
  }
}

function isThere({ snapshot: standing, cause }: Pause, target: RunTarget): boolean {
  const { moment, status } = standing;
  if (target.kind === 'moment') {
    return moment !== undefined && isSameMoment(moment, target.moment);
  }
  const atBoundary = cause.kind === 'model' && cause.stop.kind === 'boundary';
  return atBoundary && status?.step === target.step;
}
