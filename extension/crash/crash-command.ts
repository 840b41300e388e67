import * as vscode from 'vscode';
import type { PortalsSession } from '../session/portals-session.ts';
import { UserError } from '../user-error.ts';
import { shortName } from '../views/short-name.ts';
import {
  type CrashSite,
  crashSite,
  type Pick,
  passingPicks,
  passingProblem,
  pointPicks,
  taskPicks,
  unitPicks,
} from './picks.ts';
import type { ProtocolPoint } from './points.ts';

const TITLE = 'Crash';
/** How long VS Code shows a message, at least. */
const TOAST_MS = 15_000;

/**
 * Asks what is to crash, where in the protocol and at which passing, and arms it. `target`, the
 * path of an element, answers as much as it can.
 */
export async function crash(session: PortalsSession, target?: string): Promise<void> {
  const nodes = await session.units();
  const next = session.isStopped ? await session.enabled() : [];
  const units = unitPicks(
    nodes,
    session.status,
    next.map(({ unit }) => unit),
  );
  if (units.length === 0) {
    throw new UserError(
      'PORTALS_NOTHING_TO_CRASH',
      'No application is launched yet, so nothing can crash.',
      'Step or continue until one is.',
    );
  }
  const site = crashSite(nodes, target) ?? (await chooseSite(units));
  const point = site && (site.point ?? (await choosePoint(site.target)));
  if (site === undefined || point === undefined) return;
  const tasks = point === 'process' && !site.point ? taskPicks(nodes, site.target) : [];
  const place =
    tasks.length > 0 ? await choose(tasks, 'While which task processes an event?') : site.target;
  if (place === undefined) return;
  const occurrence = await choosePassing(point);
  if (occurrence === undefined) return;
  const fault = await session.inject({ kind: 'crash', target: place, at: point, occurrence });
  await offerToRunInto(session, fault);
}

async function chooseSite(units: readonly Pick<string>[]): Promise<CrashSite | undefined> {
  const target = await choose(units, 'What crashes?');
  return target === undefined ? undefined : { target };
}

function choosePoint(unit: string): Promise<ProtocolPoint | undefined> {
  return choose(pointPicks(), `Where in the commit protocol does ${shortName(unit)} crash?`);
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
  const watching = whenOver(session, fault, () => {
    // The one way to take a message away again, and others with it, to the bell of the status bar.
    void vscode.commands.executeCommand('notifications.hideToasts');
  });
  const pressed = await vscode.window.showInformationMessage(
    `Armed ${fault}. It strikes when the app runs on.`,
    step,
    run,
  );
  watching.dispose();
  if (pressed === step) await session.stepAtom();
  if (pressed === run) await vscode.commands.executeCommand('workbench.action.debug.continue');
}

/** Calls `then` once, as soon as a crash has struck or its session has ended. */
function whenOver(session: PortalsSession, fault: string, then: () => void): vscode.Disposable {
  const { id } = session.debugSession;
  const isOver = () => !session.status?.armed?.some((armed) => place(armed) === place(fault));
  const watching = vscode.Disposable.from(
    vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => {
      if (event.session.id === id && isOver()) end();
    }),
    vscode.debug.onDidTerminateDebugSession((ended) => {
      if (ended.id === id) end();
    }),
  );
  // After so long VS Code itself has taken the message away.
  const late = setTimeout(() => watching.dispose(), TOAST_MS);
  const end = () => {
    clearTimeout(late);
    watching.dispose();
    then();
  };
  return watching;
}

/** A fault without its number, which counts down. */
function place(fault: string): string {
  return fault.replace(/#\d+$/, '');
}
