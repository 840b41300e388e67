import * as vscode from 'vscode';
import type { PortalsSession } from '../session/portals-session.ts';
import { UserError } from '../user-error.ts';
import { shortName } from '../views/short-name.ts';
import {
  type Pick,
  passingPicks,
  passingProblem,
  pointPicks,
  taskPicks,
  unitPicks,
} from './picks.ts';

const TITLE = 'Crash';

/**
 * Asks what is to crash, where in the protocol and at which passing, and arms it. `target` skips
 * the first question.
 */
export async function crash(session: PortalsSession, target?: string): Promise<void> {
  const nodes = await session.units();
  const units = unitPicks(nodes, session.status);
  if (units.length === 0) {
    throw new UserError(
      'PORTALS_NOTHING_TO_CRASH',
      'No application is launched yet, so nothing can crash.',
      'Step or continue until one is.',
    );
  }
  const unit = target ?? (await choose(units, 'What crashes?'));
  if (unit === undefined) return;
  const point = await choose(
    pointPicks(),
    `Where in the commit protocol does ${shortName(unit)} crash?`,
  );
  if (point === undefined) return;
  const tasks = point === 'process' ? taskPicks(nodes, unit) : [];
  const site =
    tasks.length > 0 ? await choose(tasks, 'While which task processes an event?') : unit;
  if (site === undefined) return;
  const occurrence = await choosePassing(point);
  if (occurrence === undefined) return;
  const fault = await session.inject({ kind: 'crash', target: site, at: point, occurrence });
  await offerToRunInto(session, fault);
}

async function choosePassing(point: Parameters<typeof passingPicks>[0]) {
  const picks = passingPicks(point);
  const picked = await pick(picks, `Which time it passes ${point}?`);
  if (picked === undefined || picked.value !== undefined) return picked?.value;
  const typed = await vscode.window.showInputBox({
    title: TITLE,
    prompt: `The N-th time it passes ${point}, counted from now`,
    validateInput: passingProblem,
  });
  return typed === undefined ? undefined : Number(typed);
}

async function choose<Value>(picks: readonly Pick<Value>[], question: string) {
  return (await pick(picks, question))?.value;
}

function pick<Value>(
  picks: readonly Pick<Value>[],
  question: string,
): Thenable<Pick<Value> | undefined> {
  return vscode.window.showQuickPick(picks, {
    title: TITLE,
    placeHolder: question,
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

/** An armed crash does nothing until the app runs on: say so, and offer to. */
async function offerToRunInto(session: PortalsSession, fault: string): Promise<void> {
  const step = 'Step Atom';
  const run = 'Continue';
  const pressed = await vscode.window.showInformationMessage(
    `Armed ${fault}. It strikes when the app runs on.`,
    step,
    run,
  );
  if (pressed === step) await session.stepAtom();
  if (pressed === run) await vscode.commands.executeCommand('workbench.action.debug.continue');
}
