import type { Violation } from '../exploration/index.ts';
import {
  type Activity,
  type Diagnostic,
  innerDiagnostics,
  type LeftoverLine,
  type LeftoverReport,
  type Positions,
} from '../program/index.ts';
import type { AppError, Inspector, Notice } from '../runtime/index.ts';

/** How a run is reported: as lines for people or as JSON. */
export interface Report {
  /** Set when the program is bundled, before the first notice. */
  positions: Positions | undefined;
  notice(notice: Notice): void;
  /** Why the program cannot be loaded. */
  diagnostic(diagnostic: Diagnostic): void;
  /** What the model's guarantees do not allow. */
  violation(diagnostic: Diagnostic): void;
  /** What may be a mistake, but hinders nothing. */
  warning(diagnostic: Diagnostic): void;
  /** The run was stopped at its limit of steps; `activity` is what keeps it going. */
  stopped(inspect: Inspector, activity: Activity | undefined): void;
  /** What the run leaves undone at its end. */
  leftovers(left: LeftoverReport): void;
  /** The run has come to its end. */
  done(inspect: Inspector): void;
  /** Two runs were the same to this end. */
  deterministic(inspect: Inspector): void;
}

/** An error of the running app as a diagnostic, with its position in the sources. */
export function diagnosticOf(error: AppError, positions: Positions | undefined): Diagnostic {
  const source = positions?.ofCallSite(error.site) ?? positions?.ofStack(error.stack ?? '');
  const stack = positions?.frames(error.stack ?? '', process.cwd()) ?? [];
  return {
    code: error.code,
    message: error.message,
    ...(error.path !== undefined && { path: error.path }),
    ...(source && { source }),
    ...(stack.length > 0 && { stack }),
    ...innerDiagnostics(error.inner, positions, process.cwd()),
  };
}

/** Something that a run leaves undone, with its position in the sources. */
export function diagnosticOfLeftover(
  { code, message, path, site }: LeftoverLine,
  positions: Positions | undefined,
): Diagnostic {
  const source = positions?.ofCallSite(site);
  return { code, message, path, ...(source && { source }) };
}

/** What the oracle found, as a diagnostic. */
export function diagnosticOfViolation({ rule, path, step, difference }: Violation): Diagnostic {
  const where = step === undefined ? '' : `step ${step}: `;
  const message = `${where}${rule}: ${path}: ${difference}`;
  return { code: 'PORTALS_VIOLATION', message };
}
