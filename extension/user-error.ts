/**
 * An error that the user can act on. The message says what happened, the remedy what to do; the
 * code is stable.
 */
export class UserError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly actions: readonly RemedyAction[];

  constructor(
    code: string,
    message: string,
    remedy: string,
    actions: readonly RemedyAction[] = [],
  ) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.remedy = remedy;
    this.actions = actions;
  }
}

/** A button of the error message that runs a command. */
export interface RemedyAction {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** The text of an error message: what happened, what to do, and the code. */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return `${error.message} ${error.remedy} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
