import { activityText, type LeftoverReport, untriggeredFaults } from '../../program/index.ts';
import type { Ending } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { RunOutcome } from '../v8/run-events.ts';
import type { Sources } from '../v8/script/sources.ts';
import type { Execution } from './execution.ts';
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

/** Describes the end of an execution, whose report holds its last known status. */
export function exitReportOf(
  outcome: RunOutcome,
  { report, image: { sources } }: Pick<Execution, 'report' | 'image'>,
): ExitReport {
  switch (outcome.kind) {
    case 'ended': {
      const { ending } = outcome;
      if (ending.kind === 'failed') return notLoaded(ending.diagnostics.map(diagnosticOutput));
      const faults = untriggeredFaultTexts(report).map((line) => outputOf('console', line));
      const outputs = [...faults, ...leftoverOutputs(ending.left, sources), exitOutput(ending)];
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

/** What the run leaves undone, with links to the continuations. */
function leftoverOutputs({ lines, more }: LeftoverReport, sources: Sources): OutputBody[] {
  const outputs = lines.map(({ path, message, site }) => {
    const output = outputOf('console', `⚠ ${path} ${message}`);
    const position = sources.ofSite(site);
    if (!position) return output;
    return { ...output, source: sources.sourceOf(position.file), line: position.line };
  });
  return more > 0 ? [...outputs, outputOf('console', `⚠ and ${more} more`)] : outputs;
}

function exitOutput(ending: Exclude<Ending, { kind: 'failed' }>): OutputBody {
  const { activity } = ending;
  const why = activity === undefined ? '' : `: ${activityText(activity)}`;
  return outputOf('console', exitText(ending) + why);
}
