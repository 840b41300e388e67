import type { Density, HistoryEntry, Moment, Page } from '../../runtime/index.ts';
import type { OutputRecord, RunTarget } from '../agent/index.ts';
import type { BreakLocation } from '../breakpoints/break-locations.ts';
import type { BreakpointSet } from '../breakpoints/breakpoint-set.ts';
import { AdapterError } from '../dap/errors.ts';
import type { StopReason } from '../inspection/stop-reason.ts';
import type { AgentClient } from '../v8/agent-client.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import { backStepAt } from './back-step.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointReplayer, TargetReached } from './checkpoint-replayer.ts';
import { densityOf } from './density.ts';
import { type Navigation, type NavigationStop, stoppedEarlyReason } from './navigation.ts';
import type { StopPosition } from './position.ts';
import { PositionTracker } from './position-tracker.ts';
import { routeTo } from './route.ts';
import type { Timeline } from './timeline.ts';

const BEGINNING: Moment = { boundary: 0, notice: 0 };

/** The run that the user sees, as far as navigation needs it. */
export interface ActiveRun {
  /** Absent when the program runs without debugging. */
  readonly debuggee: Debuggee | undefined;
  readonly breakpoints: BreakpointSet;
  /** The locations V8 can pause at in the functions on the stack of `pause`. */
  locationsAround(pause: Pause): readonly BreakLocation[];
  /** Makes another run pause for everything the user's breakpoints ask for. */
  enableBreakpoints(debuggee: Debuggee): Promise<void>;
  /** Makes the checkpoint's run the active one and ends the previous run. */
  activate(checkpoint: Checkpoint): Promise<void>;
  /** Updates status, topology and output to those of `moment`. */
  showMoment(pause: Pause, moment: Moment, output: readonly OutputRecord[]): Promise<void>;
  /** Changes the run from outside; see {@link Timeline.change}. */
  change(reason: string, act: (agent: AgentClient) => Promise<unknown>): Promise<unknown>;
}

/**
 * Moves a session to other positions of its history. Forward, the active run continues to the
 * target by itself. Backward, a checkpoint before the target is resumed and then replaces the
 * active run.
 */
export class Navigator {
  readonly timeline: Timeline;
  readonly replayer: CheckpointReplayer;
  /** Follows the active run from stop to stop. */
  readonly positions = new PositionTracker();
  readonly run: ActiveRun;

  constructor(run: ActiveRun, timeline: Timeline, replayer: CheckpointReplayer) {
    this.run = run;
    this.timeline = timeline;
    this.replayer = replayer;
  }

  /** The debugger's side of the active run. @throws AdapterError when nothing is debugged. */
  get debuggee(): Debuggee {
    if (this.run.debuggee) return this.run.debuggee;
    throw new AdapterError('NOT_DEBUGGING', 'the program was started without debugging');
  }

  /**
   * Goes from the stop `from` to where `navigation` leads.
   *
   * @throws AdapterError if the target cannot be reached; the session then stays at `from`.
   */
  async navigate(from: Pause, navigation: Navigation): Promise<NavigationStop> {
    const { target, path, branch, leavesBranch, announced = {} } = navigation;
    if (!target) return { pause: from, announced };
    const previousBranch = this.timeline.branchId;
    if (branch !== undefined) await this.switchTo(branch);
    const reached = this.goTo(from, target, path, branch !== undefined);
    const pause = await reached.catch(async (error: unknown) => {
      if (branch !== undefined) await this.returnTo(previousBranch);
      throw error;
    });
    if (this.replayer.endedEarly(pause, target)) {
      return { pause, announced: stoppedEarlyReason(target) };
    }
    if (leavesBranch !== undefined) {
      await this.run.change(leavesBranch, (agent) => agent.call('forgetFuture'));
    }
    return { pause, announced };
  }

  /** Loads the program and runs it to the boundary before `step`, repeating known inputs. */
  async beginAt(step: number, announced: Partial<StopReason>): Promise<NavigationStop> {
    const target = { kind: 'step', step } as const;
    const pause = await this.goForward(this.debuggee, target, true);
    const isEarly = this.replayer.endedEarly(pause, target);
    return { pause, announced: isEarly ? stoppedEarlyReason(target) : announced };
  }

  /** A page of the current branch's steps, including those after the active run's position. */
  async history(start: number, count: number): Promise<Page<HistoryEntry>> {
    await this.refreshChoices();
    return this.timeline.history(start, count);
  }

  /** The number of steps of each unit in bins of `binSize` steps. */
  async density(start: number, count: number, binSize: number): Promise<Density> {
    await this.refreshChoices();
    const read = (from: number, many: number) => this.timeline.history(from, many).items;
    return densityOf(read, start, count, binSize);
  }

  /**
   * Reads the names of choices, which the memory shared with the run refers to by number. A run
   * that has ended adds none.
   */
  async refreshChoices(): Promise<void> {
    const choices = await this.run.debuggee
      ?.whilePaused((agent) => agent.call('choices'))
      .catch(() => []);
    this.timeline.learnChoices(choices ?? []);
  }

  /** Makes another branch current. The active run does not belong to it. */
  private async switchTo(branch: number): Promise<void> {
    await this.refreshChoices();
    await this.returnTo(branch);
  }

  private async returnTo(branch: number): Promise<void> {
    await this.replayer.discardAfter(BEGINNING);
    this.timeline.switchTo(branch);
  }

  private async goTo(
    from: Pause,
    target: RunTarget,
    path: StopPosition['path'],
    leavesRun: boolean,
  ): Promise<Pause> {
    const { debuggee } = this;
    await this.refreshChoices();
    const route = routeTo(target, from, this.timeline.steps);
    const skipsAhead = route === 'known' && this.replayer.isNearer(target, from);
    if (leavesRun || path || skipsAhead || route === 'back') {
      return this.activate(await this.replayer.goTo(target, path));
    }
    this.replayer.signal.throwIfAborted();
    return this.goForward(debuggee, target, route === 'on', from);
  }

  /**
   * Continues the active run to `target`. If cancellation cannot stop it, as in an infinite loop, a
   * checkpoint replaces it: before the step in which the run was last seen, or where it started.
   */
  private async goForward(
    debuggee: Debuggee,
    target: RunTarget,
    emitting: boolean,
    from?: Pause,
  ): Promise<Pause> {
    const { step: firstStep = 0 } = from?.snapshot.status ?? {};
    const { moment, path } = (from && this.positions.latest) ?? { moment: BEGINNING };
    const pause = await this.replayer.continueTo(debuggee, target, emitting, moment);
    if (pause) {
      await this.finish(pause, { moment: pause.snapshot.moment ?? BEGINNING }, []);
      return pause;
    }
    const { step } = debuggee;
    const replacement =
      step > firstStep
        ? this.replayer.goToDespiteCancellation({ kind: 'step', step })
        : this.replayer.goToDespiteCancellation({ kind: 'moment', moment }, path);
    return this.activate(await replacement);
  }

  /** Replaces the active run by the checkpoint that has reached the target. */
  private async activate({ checkpoint, pause, position, output }: TargetReached): Promise<Pause> {
    await this.run.activate(checkpoint);
    await this.finish(pause, position, output);
    return pause;
  }

  /** Completes a navigation at `position`, and prepares checkpoints for the next one. */
  private async finish(
    pause: Pause,
    position: StopPosition,
    output: readonly OutputRecord[],
  ): Promise<void> {
    const { status } = pause.snapshot;
    if (status) this.timeline.reached(status.step);
    this.positions.onPositioned(position);
    await this.run.showMoment(pause, position.moment, output);
    const previous = await this.run.debuggee?.agentClient.call('previousStop', backStepAt(pause));
    const moments = [...(position.path ? [position.moment] : []), ...(previous ? [previous] : [])];
    this.replayer.prepare(moments);
  }
}
