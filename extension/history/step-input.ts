/** A history, as far as the questions about it need to know. */
export interface Recorded {
  readonly step: number;
  /** How many steps are recorded; `step` if nothing lies ahead. */
  readonly recorded?: number | undefined;
}

/** What to ask with. */
export function stepPrompt({ step, recorded = step }: Recorded): string {
  const ahead = recorded > step ? `, recorded up to step ${recorded}` : '';
  return `A step from 0 to ${recorded}. The app stands before step ${step}${ahead}.`;
}

/** Why `typed` is no step of the history; nothing if it is one. */
export function stepProblem(
  typed: string,
  { step, recorded = step }: Recorded,
): string | undefined {
  const text = typed.trim();
  if (!/^\d+$/.test(text)) return `Type a whole number from 0 to ${recorded}.`;
  if (Number(text) <= recorded) return undefined;
  return `Only ${recorded} steps are recorded: type a number from 0 to ${recorded}.`;
}

/** Why `typed` is no seed; nothing if it is one. */
export function seedProblem(typed: string): string | undefined {
  const isSeed = /^-?\d+$/.test(typed.trim()) && Number.isSafeInteger(Number(typed));
  return isSeed ? undefined : 'Type a whole number.';
}
