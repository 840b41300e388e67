import * as vscode from 'vscode';
import { registerCommand } from '../report.ts';
import type { EnabledChoice } from '../session/messages.ts';
import type { Sessions } from '../session/sessions.ts';
import { choiceText } from './choice-text.ts';
import { SessionTree } from './session-tree.ts';
import { shortName } from './short-name.ts';

const ICONS: Readonly<Record<EnabledChoice['action'], string>> = {
  generate: 'arrow-circle-right',
  atom: 'circle-large-filled',
  seal: 'lock',
  requests: 'mail',
  replies: 'reply',
};

class ChoiceItem extends vscode.TreeItem {
  readonly choice: EnabledChoice;

  constructor(choice: EnabledChoice, chosen: boolean) {
    super(shortName(choice.unit));
    this.choice = choice;
    this.id = choice.label;
    this.description = chosen ? `${choiceText(choice)} · next` : choiceText(choice);
    this.tooltip = chosen ? `${choice.label}\nChosen as the next step` : choice.label;
    this.iconPath = chosen
      ? new vscode.ThemeIcon('target', new vscode.ThemeColor('debugIcon.continueForeground'))
      : new vscode.ThemeIcon(ICONS[choice.action]);
    this.command = {
      title: 'Choose This Step',
      command: 'portals.choose',
      arguments: [this],
    };
  }
}

/** The view "Portals: Enabled Choices": the steps that may run next; a click chooses one. */
export function createChoicesView(sessions: Sessions): vscode.Disposable {
  /** The user's choice and its step; obsolete once that step has run. */
  let chosen: { readonly label: string; readonly step: number } | undefined;

  const tree = new SessionTree('portals.enabledChoices', sessions, async (session) => {
    const step = session.status?.step;
    const label = chosen?.step === step ? chosen?.label : undefined;
    const choices = await session.enabled();
    return choices.map((choice) => new ChoiceItem(choice, choice.label === label));
  });

  const choose = async ({ choice }: ChoiceItem): Promise<void> => {
    const session = sessions.current;
    if (!session?.status) return;
    await session.choose(choice.label);
    chosen = { label: choice.label, step: session.status.step };
    tree.refresh();
  };
  return vscode.Disposable.from(
    tree,
    registerCommand('portals.choose', choose),
    registerCommand('portals.chooseAndStep', async (item: ChoiceItem) => {
      await choose(item);
      await sessions.current?.stepAtom();
    }),
  );
}
