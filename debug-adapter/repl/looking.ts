import type { Path } from '../../runtime/index.ts';
import type { ViewRef } from '../agent/index.ts';
import { elementLabel, stepLabel } from '../inspection/labels.ts';
import type { Session } from '../session/session.ts';
import { type Command, type CommandOutput, elementsOf, pathNamed, wholeNumber } from './command.ts';

/** The number of steps shown by default. */
const STEPS_SHOWN = 10;

export const stateCommand: Command = {
  usage: '.state [TASK] [KEY | ~TEXT]',
  description: "a task's state, of one key, or where key or value contains TEXT",
  async run(session, [name, ...rest]) {
    const task =
      name === undefined || name === '*'
        ? undefined
        : (pathNamed(name, elementsOf(session, ['task']), 'task') as Path);
    const asked = rest.join(' ');
    const which = asked.startsWith('~') ? { match: asked.slice(1) } : asked && { key: asked };
    const search = { ...(task && { task }), ...(which || {}) };
    const query = { of: 'found', search, start: 0, count: 1 } as const;
    const { total, items } = await session.debuggee.whilePaused((control) =>
      control.call('page', query),
    );
    const where = task ? elementLabel(task) : 'all tasks';
    const key = asked && !asked.startsWith('~') ? ` under key ${asked}` : '';
    if (total === 0) return { text: `no state of ${where}${key || (asked && ` with ${asked}`)}` };
    const [first] = items as { name: string; value: { preview: string } }[];
    const only = total === 1 && first ? `${first.name}: ${first.value.preview}` : `${total} values`;
    return unfolding(session, `${only} of ${where}${key}`, { view: 'found', search });
  },
  suggest(session, at) {
    return at === 0 ? elementsOf(session, ['task']).map((label) => ({ label })) : [];
  },
};

export const continuationsCommand: Command = {
  usage: '.continuations [WORKFLOW]',
  description: 'what waits for replies',
  async run(session, [name]) {
    const unit =
      name === undefined
        ? undefined
        : (pathNamed(name, elementsOf(session, ['workflow']), 'workflow') as Path);
    const all = await session.debuggee.whilePaused((control) =>
      control.call('page', { of: 'continuations' }),
    );
    const waiting = all.items.filter(({ task }) => !unit || String(task).startsWith(`${unit}/`));
    const text = `${waiting.length} continuation${waiting.length === 1 ? '' : 's'}`;
    if (waiting.length === 0) return { text };
    return unfolding(session, text, { view: 'continuations', ...(unit && { unit }) });
  },
  suggest(session, at) {
    return at === 0 ? elementsOf(session, ['workflow']).map((label) => ({ label })) : [];
  },
};

export const streamCommand: Command = {
  usage: '.stream PATH',
  description: 'the atoms of a stream; PATH is the stream, or what produces it',
  run(session, [name]) {
    const paths = Object.keys(session.execution.report.status.streams);
    if (name === undefined) return { text: paths.join('\n') || 'there is no stream' };
    const ends = [name, `${name}/stream`].filter((each) => paths.includes(each));
    const path = ends[0] ?? pathNamed(streamName(name), paths, 'stream');
    const count = session.execution.report.status.streams[path] ?? 0;
    const text = `${count} atom${count === 1 ? '' : 's'} of ${path}`;
    return unfolding(session, text, { view: 'stream', path: path as Path });
  },
  suggest(session, at) {
    const paths = Object.keys(session.execution.report.status.streams);
    return at === 0 ? paths.map((label) => ({ label })) : [];
  },
};

export const historyCommand: Command = {
  usage: '.history [N]',
  description: `the latest N committed steps, ${STEPS_SHOWN} without N`,
  async run(session, [count = String(STEPS_SHOWN)]) {
    const many = wholeNumber(count, 'N', 1);
    const { step } = session.execution.report.status;
    const { items } = await session.execution.navigator.history(Math.max(0, step - many), many);
    const lines = items
      .filter((entry) => entry.step < step)
      .map(({ step: at, choice, events, crashes }) => {
        const survived = crashes > 0 ? `, crashed ${crashes} times` : '';
        return `${at}  ${stepLabel(choice)}  (${events} events${survived})`;
      });
    return { text: lines.join('\n') || 'no step is committed yet' };
  },
};

function streamName(name: string): string {
  return name.endsWith('/stream') ? name : `${name}/stream`;
}

/** A reader can expand rows only while the program is paused. */
function unfolding(session: Session, text: string, children: ViewRef): CommandOutput {
  return session.phase === 'stopped' ? { text, children } : { text };
}
