/** The recorded history, as the step prompts need it. */
export interface RecordedRange {
  readonly step: number;
  /** The number of recorded steps; `step` if there is no recorded future. */
  readonly recorded?: number | undefined;
  /** True if a step beyond the recorded ones is allowed; the app then runs to it. */
  readonly open?: boolean;
}

/** The prompt of the input box. */
export function stepPrompt({ step, recorded = step, open = false }: RecordedRange): string {
  if (open) {
    const range = recorded > 0 ? `Steps 0 to ${recorded} are recorded; the` : 'The';
    return `Step number. ${range} app runs to a later step. Current position: step ${step}.`;
  }
  return `A step from 0 to ${recorded}. Current position: step ${step}.`;
}

/** Validates a typed step; returns what is wrong, or `undefined`. */
export function stepProblem(
  typed: string,
  { step, recorded = step, open = false }: RecordedRange,
): string | undefined {
  const text = typed.trim();
  const isStep = /^\d+$/.test(text) && Number.isSafeInteger(Number(text));
  if (open) return isStep ? undefined : 'Enter a whole number, 0 or greater.';
  if (!isStep) return `Enter a whole number from 0 to ${recorded}.`;
  if (Number(text) <= recorded) return undefined;
  return `Only ${recorded} steps are recorded. Enter a number from 0 to ${recorded}.`;
}

/** Validates a typed seed; returns what is wrong, or `undefined`. */
export function seedProblem(typed: string): string | undefined {
  const isSeed = /^-?\d+$/.test(typed.trim()) && Number.isSafeInteger(Number(typed));
  return isSeed ? undefined : 'Enter a whole number.';
}
