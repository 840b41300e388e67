import type { EnabledChoice } from '../session/messages.ts';
import { shortName } from './short-name.ts';

/** Describes a choice; follows the name of its unit. */
export function choiceText(choice: EnabledChoice): string {
  const input = choice.input === undefined ? undefined : shortName(choice.input);
  const peer = choice.peer === undefined ? undefined : shortName(choice.peer);
  switch (choice.action) {
    case 'generate':
      return 'produces an atom';
    case 'atom':
      return `processes an atom${of(input)}`;
    case 'seal':
      return `receives the end${of(input)}`;
    case 'requests':
      return `answers requests${of(peer ?? input)}`;
    case 'replies':
      return `receives replies${of(input ?? peer)}`;
  }
}

function of(name: string | undefined): string {
  return name === undefined ? '' : ` of ${name}`;
}
