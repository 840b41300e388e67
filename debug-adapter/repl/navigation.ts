import { CRASHABLE, formatFault, PROTOCOL_POINTS } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { stepLabel } from '../inspection/labels.ts';
import { injectFault } from '../session/fault-injection.ts';
import { chooseNextStep, enabledChoices } from '../session/scheduling.ts';
import { stepBackBy } from '../time-travel/step-back.ts';
import { type Command, elementsOf, pathNamed, type Suggestion, wholeNumber } from './command.ts';

export const crashCommand: Command = {
  usage: '.crash TARGET [POINT] [N]',
  description: 'crash TARGET the N-th time from now that it passes POINT (process, the first time)',
  async run(session, [name, at = 'process', count = '1']) {
    if (name === undefined) throw new AdapterError('BAD_REQUEST', 'name what is to crash');
    const target = pathNamed(name, elementsOf(session, CRASHABLE), 'unit or task');
    const occurrence = wholeNumber(count, 'N', 1);
    const fault = await injectFault(session, { kind: 'crash', target, at, occurrence });
    return { text: `armed ${formatFault(fault)}; it triggers when the program continues` };
  },
  suggest(session, at) {
    if (at === 0) return elementsOf(session, CRASHABLE).map((label) => ({ label }));
    return at === 1 ? PROTOCOL_POINTS.map((label) => ({ label })) : [];
  },
};

export const chooseCommand: Command = {
  usage: '.choose [NUMBER | LABEL]',
  description: 'make an enabled step the next one; without an argument, list them',
  async run(session, args) {
    const enabled = await enabledChoices(session);
    const lines = enabled.map((choice, index) => `${index + 1}  ${stepLabel(choice)}`);
    if (args.length === 0) return { text: lines.join('\n') || 'nothing is enabled' };
    const asked = args.join(' ');
    const found =
      enabled[Number(asked) - 1] ??
      enabled.find((choice) => choice.label === asked || stepLabel(choice) === asked);
    if (!found) {
      const known = lines.length > 0 ? `choose one of\n${lines.join('\n')}` : 'nothing is';
      throw new AdapterError('UNKNOWN_TARGET', `'${asked}' is not enabled; ${known}`);
    }
    await chooseNextStep(session, found.label);
    return { text: `next: ${stepLabel(found)}` };
  },
  async suggest(session, at) {
    if (at > 0) return [];
    return (await enabledChoices(session)).map((choice, index): Suggestion => {
      const number = String(index + 1);
      return { label: `${number}  ${stepLabel(choice)}`, text: number };
    });
  },
};

export const seekCommand: Command = {
  usage: '.seek STEP',
  description: 'go to the boundary before STEP, back or ahead',
  async run(session, [step]) {
    if (step === undefined) throw new AdapterError('BAD_REQUEST', 'say to which step');
    const target = { kind: 'step', step: wholeNumber(step, 'STEP', 0) } as const;
    const asked = { title: `Going to step ${target.step}`, hidden: true } as const;
    await session.navigate(async () => ({ target, announced: { reason: 'goto' } }), asked);
    return { text: '' };
  },
};

export const backCommand: Command = {
  usage: '.back [atom | event]',
  description: 'go back by an atom, or by an event',
  async run(session, [by = 'atom']) {
    if (by !== 'atom' && by !== 'event') {
      throw new AdapterError('BAD_REQUEST', `'${by}' is neither atom nor event`);
    }
    const asked = { title: `Stepping back by an ${by}`, hidden: true } as const;
    await session.navigate((navigator) => stepBackBy(by, navigator), asked);
    return { text: '' };
  },
  suggest: (_session, at) => (at === 0 ? [{ label: 'atom' }, { label: 'event' }] : []),
};
