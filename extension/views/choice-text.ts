import type { EnabledChoice } from '../session/messages.ts';
import { shortName } from './short-name.ts';

/** What a choice does, to read after the name of the unit that does it. */
export function choiceText(choice: EnabledChoice): string {
  const input = choice.input === undefined ? undefined : shortName(choice.input);
  const peer = choice.peer === undefined ? undefined : shortName(choice.peer);
  switch (choice.action) {
    case 'generate':
      return 'produces an atom';
    case 'atom':
      return `takes an atom${of(input)}`;
    case 'seal':
      return `takes the end${of(input)}`;
    case 'requests':
      return `answers requests${of(peer ?? input)}`;
    case 'replies':
      return `takes replies${of(input ?? peer)}`;
  }
}

function of(name: string | undefined): string {
  return name === undefined ? '' : ` of ${name}`;
}
