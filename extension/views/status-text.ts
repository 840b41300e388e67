import { phaseText } from '../../webview/panel/messages.ts';
import type { SessionStatus } from '../session/messages.ts';

/** The status bar text and its hover (Markdown) for a session. */
export function statusText(status: SessionStatus): {
  readonly text: string;
  readonly tooltip: string;
} {
  const { step, phase, seed, schedule, totals, choice, attempt, stopped } = status;
  const { recorded = step, branch = 0 } = status;
  const running = stopped === undefined && phase !== 'complete';
  const icon = running ? '$(sync~spin)' : isPast(status) ? '$(history)' : '$(git-commit)';
  const where = phaseText(status);
  const retried = attempt > 1 ? `, attempt ${attempt}` : '';
  const now = isPast(status) ? `step ${step} of ${recorded}, in the past` : `step ${step}`;
  const fork = branch > 0 ? [`branch ${branch}`] : [];
  const pending = Object.values(status.continuations).reduce((sum, count) => sum + count, 0);
  const failures = Object.entries(status.failures);
  const rows = [
    ['Step', `${step}${retried}`],
    ['Recorded', isPast(status) ? `${recorded} steps, position in the past` : `${recorded} steps`],
    ...(branch > 0 ? [['Branch', String(branch)]] : []),
    ['Now', choice ? choice.label : where],
    ['Atoms, events', `${totals.atoms}, ${totals.events}`],
    ['Requests, replies', `${totals.requests}, ${totals.replies}`],
    ['Pending continuations', String(pending)],
    ['Crashes, recoveries', `${totals.crashes}, ${totals.recoveries}`],
    ['Seed, schedule', `${seed}, ${schedule}`],
    ...failures.map(([unit, message]) => [`Failed: ${unit}`, message]),
  ];
  const table = rows.map(([name, value]) => `| ${name} | ${cell(value ?? '')} |`);
  return {
    text: `${icon} ${[now, ...fork, `${where}${retried}`, `seed ${seed}`].join(' · ')}`,
    tooltip: ['**Portals**: click to show the timeline', '', '| | |', '|:--|:--|', ...table].join(
      '\n',
    ),
  };
}

/** True if recorded steps lie after the current position. */
export function isPast({ step, recorded = step }: SessionStatus): boolean {
  return step < recorded;
}

/** Escapes text for a Markdown table cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
