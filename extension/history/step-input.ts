/** A history, as far as the questions about it need to know. */
export interface Recorded {
  readonly step: number;
  /** How many steps are recorded; `step` if nothing lies ahead. */
  readonly recorded?: number | undefined;
  /** Whether one may also go to steps that are not recorded yet: the app runs on to them. */
  readonly open?: boolean;
}

/** What to ask with. */
export function stepPrompt({ step, recorded = step, open = false }: Recorded): string {
  if (open) {
    const known = recorded > 0 ? `Steps 0 to ${recorded} are recorded; to a later one` : 'To it';
    return `The number of a step. ${known} the app runs on. It stands before step ${step}.`;
  }
  const ahead = recorded > step ? `, recorded up to step ${recorded}` : '';
  return `A step from 0 to ${recorded}. The app stands before step ${step}${ahead}.`;
}

/** Why `typed` is no step to go to; nothing if it is one. */
export function stepProblem(
  typed: string,
  { step, recorded = step, open = false }: Recorded,
): string | undefined {
  const text = typed.trim();
  const isStep = /^\d+$/.test(text) && Number.isSafeInteger(Number(text));
  if (open) return isStep ? undefined : 'Type a whole number: 0 or more.';
  if (!isStep) return `Type a whole number from 0 to ${recorded}.`;
  if (Number(text) <= recorded) return undefined;
  return `Only ${recorded} steps are recorded: type a number from 0 to ${recorded}.`;
}

/** Why `typed` is no seed; nothing if it is one. */
export function seedProblem(typed: string): string | undefined {
  const isSeed = /^-?\d+$/.test(typed.trim()) && Number.isSafeInteger(Number(typed));
  return isSeed ? undefined : 'Type a whole number.';
}
