import { randomInt } from 'node:crypto';
import * as vscode from 'vscode';
import { registerCommand } from '../report.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import { requireStopped } from '../session/require-stopped.ts';
import { UserError } from '../user-error.ts';
import { completeStep } from '../views/walkthrough.ts';
import { seedProblem, stepProblem, stepPrompt } from './step-input.ts';

/** Proposed seeds have few digits, so that they are easy to share. */
const SEED_LIMIT = 1_000_000;

/** Registers the commands that navigate the history of the session that `current` returns. */
export function registerHistoryCommands(current: () => PortalsSession): vscode.Disposable {
  const seekable = (): PortalsSession => requireSeeking(current());
  return vscode.Disposable.from(
    registerCommand('portals.stepBackAtom', async () => {
      const stepped = seekable().stepBackAtom();
      completeStep('back');
      await stepped;
    }),
    registerCommand('portals.stepBackEvent', async () => {
      const stepped = seekable().stepBackEvent();
      completeStep('back');
      await stepped;
    }),
    registerCommand('portals.seek', async (step?: unknown, branch?: unknown) => {
      const session = seekable();
      const target = await stepOr(step, session, 'Seek to Step', true);
      if (target === undefined) return;
      completeStep('back');
      await session.seek(target, typeof branch === 'number' ? branch : undefined);
    }),
    registerCommand('portals.rollback', async (step?: unknown) => {
      const session = seekable();
      const target = await stepOr(step, session, 'Roll Back to Step', false);
      if (target !== undefined) await session.rollback(target);
    }),
    registerCommand('portals.restartWithSeed', () => restartWithSeed(current())),
  );
}

/** The step that a panel or a key binding passes, else the step that the user enters. */
async function stepOr(
  given: unknown,
  { status }: PortalsSession,
  title: string,
  open: boolean,
): Promise<number | undefined> {
  if (typeof given === 'number') return given;
  if (status === undefined) return undefined;
  const recorded = { step: status.step, recorded: status.recorded, open };
  const typed = await vscode.window.showInputBox({
    title,
    value: String(status.step),
    prompt: stepPrompt(recorded),
    validateInput: (text) => stepProblem(text, recorded),
  });
  return typed === undefined ? undefined : Number(typed);
}

/** Ends the session and starts it again with another seed. */
async function restartWithSeed({ debugSession, status }: PortalsSession): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: 'Restart with New Seed',
    value: String(randomInt(SEED_LIMIT)),
    prompt: `The same seed gives the same run. Current seed: ${status?.seed ?? 0}.`,
    validateInput: seedProblem,
  });
  if (typed === undefined) return;
  const { workspaceFolder, configuration } = debugSession;
  await vscode.debug.stopDebugging(debugSession);
  await vscode.debug.startDebugging(workspaceFolder, { ...configuration, seed: Number(typed) });
}

/** @throws UserError if the app is running or its adapter cannot go back. */
function requireSeeking(session: PortalsSession): PortalsSession {
  if (!session.capabilities.seeks) {
    throw new UserError(
      'PORTALS_NO_HISTORY',
      'The debug adapter of this session does not support going back.',
      'Restart the session with the adapter that this extension contains.',
    );
  }
  return requireStopped(session, 'it cannot go to another step');
}
