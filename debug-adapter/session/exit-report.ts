import { untriggeredFaults } from '../../program/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { RunOutcome } from '../v8/run-events.ts';
import {
  diagnosticOutput,
  exitText,
  type OutputBody,
  outOfMemoryText,
  outputOf,
} from './output-formatter.ts';
import type { StatusReport } from './status-report.ts';

/** The output and exit code that the client gets when a run ends. */
export interface ExitReport {
  readonly outputs: readonly OutputBody[];
  readonly exitCode: number;
  /** What a launch that was still waiting fails with. */
  readonly problem?: AdapterError;
}

/** Describes the end of a run; `report` holds its last known status. */
export function exitReportOf(outcome: RunOutcome, report: StatusReport): ExitReport {
  switch (outcome.kind) {
    case 'ended': {
      const { ending } = outcome;
      if (ending.kind === 'failed') return notLoaded(ending.diagnostics.map(diagnosticOutput));
      const lines = [...untriggeredFaultTexts(report), exitText(ending)];
      const outputs = lines.map((line) => outputOf('console', line));
      return { outputs, exitCode: report.errors > 0 ? 1 : 0 };
    }
    case 'out-of-memory':
      return failed(outOfMemoryText(outcome.lastSeen));
    case 'broken':
      return failed(`The simulator broke down: ${outcome.error.stack}`);
    case 'terminated':
      return failed('The program exited unexpectedly');
  }
}

function notLoaded(outputs: readonly OutputBody[]): ExitReport {
  const message = outputs.map(({ output }) => output).join('');
  const problem = new AdapterError('PROGRAM_THREW', message.trimEnd(), true);
  return { outputs, exitCode: 2, problem };
}

function failed(message: string): ExitReport {
  const problem = new AdapterError('PROGRAM_THREW', message, true);
  return { outputs: [outputOf('stderr', message)], exitCode: 1, problem };
}

/** Reports, at the end of a run, the faults that never triggered. */
function untriggeredFaultTexts({ status, topology }: StatusReport): string[] {
  return untriggeredFaults(status.armed, topology).map(
    ({ fault, message }) =>
      `⚠ The crash of ${fault.target} at ${fault.point} never triggered: ${message}`,
  );
}
