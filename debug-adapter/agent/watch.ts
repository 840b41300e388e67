import type { Choice, Inspector, Notice, Probe } from '../../runtime/index.ts';
import type { DebugAgent } from './debug-agent.ts';
import type { Item } from './messages.ts';
import type { Outbox } from './outbox.ts';
import { isTargetReached } from './run-target.ts';
import type { Signals } from './signals.ts';
import type { StatusFeed } from './status-feed.ts';
import {
  type ModelStop,
  type RunMode,
  stopAt,
  stopAtBound,
  stopForBreakpoint,
  stopOf,
  textOf,
} from './stop-rules.ts';

export interface Watched {
  readonly agent: DebugAgent;
  readonly outbox: Outbox;
  readonly feed: StatusFeed;
  readonly signals: Signals;
  readonly inspect: () => Inspector | undefined;
  /** Pauses this thread; returns when the debugger lets it go. Absent when there is none. */
  readonly halt?: Halt;
}

/** For a step without detailed notices; its output precedes the next boundary. */
const AT_END = Number.MAX_SAFE_INTEGER;

type Halt = (control: DebugAgent) => void;

/** The ear at the simulator: passes on what the user is to read, and stops where it must. */
export function watch(watched: Watched): Probe {
  const { agent: control, outbox, feed, signals, inspect, halt } = watched;
  const stand = halt && standingStill(control, halt);
  control.data.stand = stand;
  return (notice) => {
    if (notice.kind === 'launched') control.topologyVersion++;
    if (notice.kind === 'rested') control.rested = notice.reason;
    control.replays.onNotice(notice);
    control.stopHistory.onNotice(notice, control.moment);
    control.onNotice(notice);
    if (control.target) {
      if (control.emitting) for (const item of written(notice)) outbox.emit(item);
      if (notice.kind === 'committed' && notice.linesOnly) {
        for (const item of committed(notice)) outbox.emit(item, AT_END);
        return;
      }
      if (!isTargetReached(control.target, notice, control.moment)) return;
      control.target = undefined;
      control.data.rescan();
      // Launches during the replay were not reported.
      control.topologyVersion++;
      control.reachedTarget = true;
      stand?.(stopOf(notice) ?? { kind: 'pause', step: stepOf(notice) }, []);
      control.reachedTarget = false;
      return;
    }
    for (const item of halt ? written(notice) : committed(notice)) outbox.emit(item);
    if (notice.kind === 'started') {
      signals.see(notice.step, notice.choice.unit, -1);
      feed.sendTopology(inspect, control.topologyVersion);
    }
    if (notice.kind === 'before-event') {
      signals.see(notice.site.step, notice.site.task, notice.site.index);
    }
    feed.tick(inspect, control.topologyVersion);
    if (!stand) return;
    const hits = control.breakpoints.hitsAt(notice);
    const decided = decide(notice, control, signals);
    const wrong = control.exceptions.stopAt(notice);
    const wanted = wrong ?? decided ?? asked(notice, hits, inspect);
    const stop = wanted ?? stopAtBound(control.mode, control.moment);
    // Where nothing is enabled, the notice that the program rests follows at once.
    if (!stop || (notice.kind === 'boundary' && !notice.next)) return;
    if (stop.kind === 'entry') control.stopOnEntry = false;
    stand(stop, hits);
  };
}

/** Pauses this thread; the agent holds the reason while it is paused. */
function standingStill(control: DebugAgent, halt: Halt) {
  return (stop: ModelStop, hits: readonly number[]) => {
    const before = [control.stop, control.hits] as const;
    control.stop = stop;
    control.hits = hits;
    halt(control);
    [control.stop, control.hits] = before;
  };
}

/** Where a program may be stopped from outside, or at its entry. */
const STANDS = new Set<Notice['kind']>(['boundary', 'before-event', 'after-event', 'rested']);

function decide(notice: Notice, control: DebugAgent, signals: Signals): ModelStop | undefined {
  if (notice.kind === 'handler-error' && control.errorShown) {
    control.errorShown = false;
    return undefined;
  }
  if (control.stopOnEntry && (notice.kind === 'boundary' || notice.kind === 'rested')) {
    return { kind: 'entry', step: notice.step, ...nextOf(notice) };
  }
  const stop = stopAt(
    notice,
    effective(control.mode, control.driven),
    control.exceptions.at(notice),
  );
  if (stop) return stop;
  if (!signals.pauseRequested || !STANDS.has(notice.kind)) return undefined;
  return { kind: 'pause', step: stepOf(notice), ...nextOf(notice) };
}

/** The stop that breakpoints by name have asked for. */
function asked(
  notice: Notice,
  hits: readonly number[],
  inspect: Watched['inspect'],
): ModelStop | undefined {
  if (hits.length === 0) return undefined;
  const task = notice.kind === 'enter-handler' ? notice.site.task : undefined;
  const node = inspect()
    ?.topology()
    .nodes.find(({ path }) => path === task);
  return stopForBreakpoint(notice, !CODELESS.has(node?.taskKind ?? ''));
}

/** The kinds of task whose handlers are the runtime's own. */
const CODELESS = new Set(['identity', 'logger']);

/** A program that drives the system is stepped over as its call is; otherwise it has ended. */
function effective(mode: RunMode, driven: boolean): RunMode {
  if (mode.kind !== 'program') return mode;
  return { kind: driven ? 'continue' : 'atom' };
}

function nextOf(notice: Notice): { readonly next?: Choice } {
  return notice.kind === 'boundary' && notice.next ? { next: notice.next } : {};
}

function stepOf(notice: Notice): number {
  if ('site' in notice && notice.site && 'step' in notice.site) return notice.site.step;
  return 'step' in notice ? notice.step : 0;
}

/** A debugger shows lines as they are written, and says when they are withdrawn. */
function written(notice: Notice): readonly Item[] {
  switch (notice.kind) {
    case 'log':
    case 'output':
      return [notice];
    case 'handler-error':
      return [{ kind: 'handler-error', step: notice.step, error: textOf(notice.error) }];
    case 'retried':
      // The error and the rollback have been shown.
      return [];
    default:
      return troubles(notice);
  }
}

/** Without a debugger only committed lines count: others would need slow detailed notices. */
function committed(notice: Notice): readonly Item[] {
  if (notice.kind === 'output') return notice.outside ? [notice] : [];
  if (notice.kind !== 'committed') return troubles(notice);
  const { step } = notice;
  return notice.effects.flatMap((effect): readonly Item[] => {
    switch (effect.kind) {
      case 'log':
      case 'output':
        return [{ ...effect, step, attempt: 1 }];
      case 'error':
        return [{ kind: 'handler-error', step, error: textOf(effect.error) }];
      default:
        return [];
    }
  });
}

function troubles(notice: Notice): readonly Item[] {
  switch (notice.kind) {
    case 'crashed':
    case 'aborted':
    case 'recovered':
      return [notice];
    case 'retried':
    case 'failed':
    case 'diverged':
      return [{ ...notice, error: textOf(notice.error) }];
    default:
      return [];
  }
}
