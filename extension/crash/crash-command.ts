import * as vscode from 'vscode';
import { formatFault } from '../../debug-adapter/protocol.ts';
import type { Fault } from '../../runtime/index.ts';
import type { PortalsSession } from '../session/portals-session.ts';
import { UserError } from '../user-error.ts';
import { shortName } from '../views/short-name.ts';
import { completeStep } from '../views/walkthrough.ts';
import {
  type CrashSite,
  crashSite,
  occurrencePicks,
  occurrenceProblem,
  type Pick,
  pointPicks,
  taskPicks,
  unitPicks,
} from './picks.ts';
import type { ProtocolPoint } from './points.ts';

const TITLE = 'Crash';
/** How long VS Code shows a notification. */
const TOAST_MS = 15_000;

/**
 * Asks for the unit, the protocol point and the occurrence of a crash, and arms it. `target`, the
 * path of an element, preselects what it determines.
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
      'No application has been launched yet.',
      'Step or continue until the program launches one.',
    );
  }
  const site = crashSite(nodes, target) ?? (await chooseSite(units));
  const point = site && (site.point ?? (await choosePoint(site.target)));
  if (site === undefined || point === undefined) return;
  const tasks = point === 'process' && !site.point ? taskPicks(nodes, site.target) : [];
  const place =
    tasks.length > 0
      ? await choose(tasks, 'Crash while which task processes an event?')
      : site.target;
  if (place === undefined) return;
  const occurrence = await chooseOccurrence(point);
  if (occurrence === undefined) return;
  const fault = await session.inject({ kind: 'crash', target: place, at: point, occurrence });
  completeStep('crash');
  await offerToContinue(session, fault);
}

async function chooseSite(units: readonly Pick<string>[]): Promise<CrashSite | undefined> {
  const target = await choose(units, 'Which unit crashes?');
  return target === undefined ? undefined : { target };
}

function choosePoint(unit: string): Promise<ProtocolPoint | undefined> {
  return choose(
    pointPicks(),
    `At which point of the commit protocol does ${shortName(unit)} crash?`,
  );
}

async function chooseOccurrence(point: Parameters<typeof occurrencePicks>[0]) {
  const picks = occurrencePicks(point);
  const picked = await pick(picks, `Crash at which occurrence of ${point}?`);
  if (picked === undefined || picked.value !== undefined) return picked?.value;
  const typed = await vscode.window.showInputBox({
    title: TITLE,
    prompt: `Occurrence of ${point}, counted from now (1 = next)`,
    validateInput: occurrenceProblem,
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

/** Reports the armed crash and offers to run the app into it. */
async function offerToContinue(session: PortalsSession, fault: Fault): Promise<void> {
  const step = 'Step Atom';
  const run = 'Continue';
  const subscription = whenTriggered(session, fault, () => {
    // VS Code has no API to close a single notification; this moves all to the bell.
    void vscode.commands.executeCommand('notifications.hideToasts');
  });
  const pressed = await vscode.window.showInformationMessage(
    `Armed ${formatFault(fault)}. It triggers when the app continues.`,
    step,
    run,
  );
  subscription.dispose();
  if (pressed === step) await session.stepAtom();
  if (pressed === run) await vscode.commands.executeCommand('workbench.action.debug.continue');
}

/** Calls `then` once when the crash has triggered or its session has ended. */
function whenTriggered(session: PortalsSession, fault: Fault, then: () => void): vscode.Disposable {
  const { id } = session.debugSession;
  const isTriggered = () =>
    !session.status?.armed.some(
      // Its occurrence counts down.
      ({ target, point }) => target === fault.target && point === fault.point,
    );
  const subscription = vscode.Disposable.from(
    vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => {
      if (event.session.id === id && isTriggered()) end();
    }),
    vscode.debug.onDidTerminateDebugSession((ended) => {
      if (ended.id === id) end();
    }),
  );
  // By then VS Code has hidden the notification by itself.
  const timeout = setTimeout(() => subscription.dispose(), TOAST_MS);
  const end = () => {
    clearTimeout(timeout);
    subscription.dispose();
    then();
  };
  return subscription;
}
