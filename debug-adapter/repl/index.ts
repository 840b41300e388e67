import type { DebugProtocol } from '@vscode/debugprotocol';
import { AdapterError } from '../dap/errors.ts';
import type { Session } from '../session/session.ts';
import type { Command, Suggestion } from './command.ts';
import { deleteStateCommand, setStateCommand } from './editing.ts';
import { continuationsCommand, historyCommand, stateCommand, streamCommand } from './looking.ts';
import { backCommand, chooseCommand, crashCommand, seekCommand } from './navigation.ts';

/** Answers `.help` and its like; `undefined` for an expression of the author's language. */
export async function runCommand(
  session: Session,
  line: string,
): Promise<DebugProtocol.EvaluateResponse['body'] | undefined> {
  const [, name, rest = ''] = COMMAND.exec(line.trim()) ?? [];
  if (name === undefined) return undefined;
  const command = COMMANDS[name];
  if (!command) {
    const known = Object.keys(COMMANDS).map((each) => `.${each}`);
    throw new AdapterError('BAD_REQUEST', `there is no command .${name}; ${known.join(', ')}`);
  }
  const args = rest.split(/\s+/).filter((each) => each !== '');
  const { text, children: below } = await command.run(session, args);
  const variablesReference = below ? session.variables.add({ kind: 'view', ref: below }) : 0;
  return { result: text, variablesReference };
}

/** What may stand at the end of `before`; `undefined` where no command is being typed. */
export async function suggestions(
  session: Session,
  before: string,
): Promise<DebugProtocol.CompletionItem[] | undefined> {
  const line = before.trimStart();
  if (!/^\.([a-z]|$)/.test(line)) return undefined;
  const typed = /\S*$/.exec(line)?.[0] ?? '';
  const [name = '', ...args] = line.slice(1).split(/\s+/);
  const command = COMMANDS[name];
  const found: readonly Suggestion[] =
    args.length === 0
      ? Object.keys(COMMANDS).map((each) => ({ label: `.${each}` }))
      : ((await command?.suggest?.(session, args.length - 1)) ?? []);
  const place = { start: before.length - typed.length + 1, length: typed.length };
  return found
    .filter(({ label, text = label }) => label.includes(typed) || text.startsWith(typed))
    .map((each) => ({ ...each, ...place, type: 'keyword' }));
}

const COMMAND = /^\.([a-z]+)(?:\s+(.*))?$/s;

const help: Command = {
  usage: '.help [COMMAND]',
  description: 'what can be typed here',
  run(_session, [name]) {
    if (name === undefined) {
      const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
      const lines = Object.values(COMMANDS).map(({ usage, description: about }) => {
        return `${usage.padEnd(width)}  ${about}`;
      });
      return { text: [...lines, EXPRESSIONS].join('\n') };
    }
    const command = COMMANDS[name.replace(/^\./, '')];
    if (!command) throw new AdapterError('BAD_REQUEST', `there is no command ${name}`);
    return { text: `${command.usage}: ${command.description}` };
  },
  suggest: (_session, at) => {
    return at === 0 ? Object.keys(COMMANDS).map((label) => ({ label })) : [];
  },
};

const EXPRESSIONS =
  'All else is evaluated as JavaScript; $state(TASK, NAME, KEY) is the state of a task.';

const COMMANDS: Readonly<Record<string, Command>> = {
  help,
  crash: crashCommand,
  choose: chooseCommand,
  state: stateCommand,
  set: setStateCommand,
  delete: deleteStateCommand,
  continuations: continuationsCommand,
  stream: streamCommand,
  history: historyCommand,
  seek: seekCommand,
  back: backCommand,
};
