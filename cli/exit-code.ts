/** What the command's exit code says. */
export const EXIT = {
  /** The program ran, and every guarantee held. */
  held: 0,
  /** A violation of the model's guarantees, or an error of a handler. */
  failed: 1,
  /** Bad usage, or a program that cannot be loaded. */
  unusable: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
