import { sentenceOf } from '../panel/choice-label.ts';
import type { PanelChoice } from '../panel/messages.ts';
import type { Detail } from '../panel/tooltip.ts';
import { countText } from './chart/ticks.ts';
import type { TimelineBranch, TimelineEntry, TimelineStatus } from './messages.ts';

/** Where the app stands in its history. */
export function presentOf(status: TimelineStatus): string {
  const { step, recorded = step } = status;
  return step < recorded ? `Step ${countText(step)} of ${countText(recorded)}` : stepText(step);
}

/** What the app is about, or what comes next. */
export function doingOf({ phase, choice, next, attempt, stopped }: TimelineStatus): string {
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  if (choice !== undefined) return `${sentenceOf(choice)}${again}`;
  if (phase === 'complete') return 'complete: nothing is left to do';
  if (stopped === undefined) return 'running';
  return next === undefined ? 'between two atoms' : `next: ${sentenceOf(next)}`;
}

/** What is known about a recorded step. */
export function detailsOf(entry: TimelineEntry, present: number): Detail[] {
  const { choice, events, logs, crashes, step } = entry;
  const details: Detail[] = [
    { term: 'Unit', value: choice.unit },
    ...(choice.input === undefined ? [] : [{ term: 'From', value: choice.input }]),
    ...(choice.peer === undefined ? [] : [{ term: 'Peer', value: choice.peer }]),
    { term: 'Published', value: plural(events, 'event') },
  ];
  if (logs > 0) details.push({ term: 'Logged', value: plural(logs, 'line') });
  if (crashes > 0) details.push({ term: 'Crashes', value: `${crashes}, recovered` });
  if (step >= present) details.push({ term: 'When', value: 'recorded, ahead of the present' });
  return details;
}

export function titleOf({ step, choice }: TimelineEntry): string {
  return `Step ${countText(step)}: ${sentenceOf(choice)}`;
}

/** What a screen reader says of a place in the timeline. */
export function spokenOf(
  step: number,
  entry: TimelineEntry | undefined,
  status: TimelineStatus,
): string {
  const { step: present, recorded = present } = status;
  const where = step === present ? ['the present'] : step > present ? ['ahead'] : [];
  if (step >= recorded) return [`The end, after step ${recorded - 1}`, ...where].join(', ');
  if (entry === undefined) return [`Step ${step}`, ...where].join(', ');
  const { events, logs, crashes } = entry;
  const more = [
    plural(events, 'event'),
    ...(logs > 0 ? [`${plural(logs, 'line')} logged`] : []),
    ...(crashes > 0 ? [`survived ${plural(crashes, 'crash', 'crashes')}`] : []),
  ];
  return [titleOf(entry), ...more, ...where].join(', ');
}

/** What the ghost of the step that is under way, or comes next, stands for. */
export function ghostTitle(choice: PanelChoice, isNext: boolean): string {
  return isNext ? `Next: ${sentenceOf(choice)}` : `Now: ${sentenceOf(choice)}`;
}

export function branchTitle({ id, reason }: TimelineBranch): string {
  return id === 0 ? 'First course' : `Branch ${id}: ${reason}`;
}

export function branchDetails({ parent, at, steps }: TimelineBranch): Detail[] {
  const from = parent === undefined ? [] : [{ term: 'Leaves', value: parentText(parent, at) }];
  return [...from, { term: 'Recorded', value: plural(steps, 'step') }];
}

function parentText(parent: number, at: number): string {
  return `${parent === 0 ? 'the first course' : `branch ${parent}`} at step ${countText(at)}`;
}

function stepText(step: number): string {
  return `Step ${countText(step)}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
