import { choiceSentence } from '../panel/choice-label.ts';
import type { PanelChoice } from '../panel/messages.ts';
import type { Detail } from '../panel/tooltip.ts';
import { countText } from './chart/ticks.ts';
import type { TimelineBranch, TimelineEntry, TimelineStatus } from './messages.ts';

/** The current position in the history. */
export function positionText(status: TimelineStatus): string {
  const { step, recorded = step } = status;
  return step < recorded ? `Step ${countText(step)} of ${countText(recorded)}` : stepText(step);
}

/** The activity at the current stop, or the next step. */
export function activityText({ phase, choice, next, attempt, stopped }: TimelineStatus): string {
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  if (choice !== undefined) return `${choiceSentence(choice)}${again}`;
  if (phase === 'complete') return 'complete';
  if (stopped === undefined) return 'running';
  return next === undefined ? 'between atoms' : `next: ${choiceSentence(next)}`;
}

/** The tooltip rows of a recorded step. */
export function detailsOf(entry: TimelineEntry, present: number): Detail[] {
  const { choice, events, logs, crashes, step } = entry;
  const details: Detail[] = [
    { term: 'Unit', value: choice.unit },
    ...(choice.input === undefined ? [] : [{ term: 'From', value: choice.input }]),
    ...(choice.peer === undefined ? [] : [{ term: 'Peer', value: choice.peer }]),
    { term: 'Published', value: plural(events, 'event') },
  ];
  if (logs > 0) details.push({ term: 'Logged', value: plural(logs, 'line') });
  if (crashes > 0) {
    details.push({ term: 'Crashes', value: `${crashes}, recovered` });
    details.push({ term: 'Attempts', value: countText(crashes + 1) });
  }
  if (step >= present)
    details.push({ term: 'When', value: 'recorded, after the current position' });
  return details;
}

export function stepTitle({ step, choice }: TimelineEntry): string {
  return `Step ${countText(step)}: ${choiceSentence(choice)}`;
}

/** The ARIA value text of a position in the timeline. */
export function ariaValueText(
  step: number,
  entry: TimelineEntry | undefined,
  status: TimelineStatus,
): string {
  const { step: present, recorded = present } = status;
  const where = step === present ? ['current position'] : step > present ? ['future'] : [];
  if (step >= recorded) return [`End of history, after step ${recorded - 1}`, ...where].join(', ');
  if (entry === undefined) return [`Step ${step}`, ...where].join(', ');
  const { events, logs, crashes } = entry;
  const more = [
    plural(events, 'event'),
    ...(logs > 0 ? [`${plural(logs, 'line')} logged`] : []),
    ...(crashes > 0 ? [`recovered from ${plural(crashes, 'crash', 'crashes')}`] : []),
  ];
  return [stepTitle(entry), ...more, ...where].join(', ');
}

/** The tooltip of the current or next step. */
export function pendingStepTitle(choice: PanelChoice, status: TimelineStatus): string {
  if (status.choice === undefined) return `Next: ${choiceSentence(choice)}`;
  const now = `Now: ${choiceSentence(choice)}, attempt ${status.attempt}`;
  const { lastCrash } = status;
  return lastCrash?.step === status.step ? `${now}; crashed at ${lastCrash.fault.point}` : now;
}

export function branchTitle({ id, reason }: TimelineBranch): string {
  return id === 0 ? 'Original history' : `Branch ${id}: ${reason}`;
}

export function branchDetails({ parent, at, steps }: TimelineBranch): Detail[] {
  const from = parent === undefined ? [] : [{ term: 'Forked from', value: parentText(parent, at) }];
  return [...from, { term: 'Recorded', value: plural(steps, 'step') }];
}

function parentText(parent: number, at: number): string {
  return `${parent === 0 ? 'the original history' : `branch ${parent}`} at step ${countText(at)}`;
}

function stepText(step: number): string {
  return `Step ${countText(step)}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
