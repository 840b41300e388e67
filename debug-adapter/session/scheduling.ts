import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Choice } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { stepLabel } from '../inspection/labels.ts';
import { nextStep } from '../inspection/stack-trace.ts';
import type { Session } from './session.ts';

/** The steps that may come next. */
export function enabledChoices(session: Session): Promise<readonly Choice[]> {
  return session.debuggee.whilePaused((control) => control.call('enabled'));
}

/** Makes the step of that label the next one. @throws AdapterError when it is not enabled. */
export async function chooseNextStep(session: Session, label: string): Promise<void> {
  await session.execution.change(`chosen: ${label}`, (control) => control.call('choose', label));
  const enabled = await enabledChoices(session);
  session.execution.report.chosen = enabled.find((each) => each.label === label);
  session.sendChanged();
  session.invalidate('stacks');
}

/** What can be stepped into: between two atoms, any of the steps that may come next. */
export async function stepInTargets(session: Session): Promise<DebugProtocol.StepInTarget[]> {
  const { pause } = session;
  const isBetween = pause.snapshot.status?.phase === 'boundary' && nextStep(pause) !== undefined;
  if (!isBetween) return [];
  const enabled = await enabledChoices(session);
  return enabled.map((choice, index) => ({ id: index + 1, label: stepLabel(choice) }));
}

/** Makes the target the next step. @throws AdapterError when there is no such target. */
export async function chooseTarget(session: Session, targetId: number): Promise<void> {
  const targets = await stepInTargets(session);
  const at = targets.findIndex(({ id }) => id === targetId);
  const choice = (await enabledChoices(session))[at];
  if (!choice) throw new AdapterError('UNKNOWN_TARGET', `there is no step-in target ${targetId}`);
  await chooseNextStep(session, choice.label);
}
