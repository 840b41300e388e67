import { checkExecution, ExecutionRecorder, type Rule } from '../exploration/index.ts';
import {
  type Bundle,
  bundle,
  compareRuns,
  firstRejection,
  loadRuntimeCode,
  Program,
  ProgramError,
  RecentSteps,
  TraceRecorder,
  untriggeredFaults,
} from '../program/index.ts';
import type { Inspector, Notice, RunOptions } from '../runtime/index.ts';
import { reportEnd } from './ending.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { JsonReport } from './json-report.ts';
import { diagnosticOf, diagnosticOfViolation, type Report } from './report.ts';
import type { Sink } from './sink.ts';
import { TextReport } from './text-report.ts';
import { writeTrace } from './trace-file.ts';

/** The options of `portals run`, as the command line gives them. */
export interface RunFlags {
  readonly seed: number;
  readonly schedule: RunOptions['schedule'];
  readonly fault: RunOptions['faults'];
  readonly snapshotEvery: number;
  readonly onHandlerError: RunOptions['onHandlerError'];
  readonly maxSteps?: number;
  readonly json?: true;
  readonly checkDeterminism?: true;
  /** The file to record the run to. */
  readonly trace?: string;
}

/** Runs the program in `file` to its end, and reports what it does to `sink`. */
export async function run(file: string, flags: RunFlags, sink: Sink): Promise<ExitCode> {
  const report: Report = flags.json ? new JsonReport(sink) : new TextReport(sink);
  try {
    return await runReported(file, flags, report);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    for (const diagnostic of error.diagnostics) report.diagnostic(diagnostic);
    return EXIT.unusable;
  }
}

async function runReported(file: string, flags: RunFlags, report: Report): Promise<ExitCode> {
  const bundled = await bundle(file);
  for (const warning of bundled.warnings) report.warning(warning);
  if (flags.checkDeterminism) return checkDeterminism(bundled, flags, report);
  let errors = 0;
  const runtimeCode = await loadRuntimeCode();
  const options = optionsOf(flags);
  const recorder = new TraceRecorder();
  const execution = options.faults.length > 0 ? new ExecutionRecorder(options) : undefined;
  const recent = new RecentSteps();
  const program: Program = new Program(bundled, runtimeCode, {
    ...options,
    detail: 'steps',
    onPromiseJob: (diagnostic) => report.warning(diagnostic),
    probe: (notice) => {
      errors += errorsIn(notice);
      if (flags.trace !== undefined) recorder.notice(notice);
      execution?.notice(notice);
      recent.onNotice(notice);
      report.notice(notice);
      if (notice.kind === 'diverged') {
        const { nodes } = program.runtime.simulator.inspect.topology();
        const site = nodes.find(({ path }) => path === notice.unit)?.site;
        report.violation(
          diagnosticOf({ ...notice.error, ...(site && { site }) }, report.positions),
        );
      }
    },
  });
  report.positions = program.positions;
  for (const part of [() => program.load(), () => program.run()]) {
    const rejected = await firstRejection(part);
    if (rejected !== undefined) throw program.errorOf(rejected.reason);
  }
  const { inspect } = program.runtime.simulator;
  const unusable = reportUntriggeredFaults(inspect, report);
  reportEnd(program, recent, report);
  if (flags.trace !== undefined) {
    recorder.end(inspect.stateHash());
    writeTrace(flags.trace, bundled, options, recorder.records);
  }
  if (unusable) return EXIT.unusable;
  if (execution !== undefined) {
    const found = checkExecution(bundled, runtimeCode, execution.end(inspect));
    const violations = found.filter(({ rule }) => !REPORTED_OTHERWISE.has(rule));
    for (const violation of violations) report.violation(diagnosticOfViolation(violation));
    errors += violations.length;
  }
  return errors > 0 ? EXIT.failed : EXIT.held;
}

/** Rules whose violations the run itself reports, as an error, a divergence or its early stop. */
const REPORTED_OTHERWISE: ReadonlySet<Rule> = new Set(['poison-atom', 're-execution', 'livelock']);

/** Warns of each fault that never triggered; true if one can never trigger, which is an error. */
function reportUntriggeredFaults(inspect: Inspector, report: Report): boolean {
  const untriggered = untriggeredFaults(inspect.status().armed, inspect.topology());
  for (const { fault, code, message } of untriggered) {
    const { target, point } = fault;
    const diagnostic = { code, message: `the crash of ${target} at ${point}: ${message}` };
    if (code === 'PORTALS_FAULT_UNKNOWN_TARGET') report.diagnostic(diagnostic);
    else report.warning(diagnostic);
  }
  return untriggered.some(({ code }) => code === 'PORTALS_FAULT_UNKNOWN_TARGET');
}

async function checkDeterminism(
  bundled: Bundle,
  flags: RunFlags,
  report: Report,
): Promise<ExitCode> {
  const runtimeCode = await loadRuntimeCode();
  const { divergence, inspect } = compareRuns(bundled, runtimeCode, optionsOf(flags));
  if (divergence === undefined) report.deterministic(inspect);
  else report.diagnostic(divergence);
  return divergence === undefined ? EXIT.held : EXIT.failed;
}

/** Violations, and errors of handlers that are final: propagated, or the end of a workflow. */
export function errorsIn(notice: Notice): number {
  if (notice.kind === 'failed' || notice.kind === 'diverged') return 1;
  if (notice.kind !== 'committed') return 0;
  return notice.effects.filter((effect) => effect.kind === 'error').length;
}

function optionsOf(flags: RunFlags): RunOptions {
  const { seed, schedule, fault, snapshotEvery, onHandlerError, maxSteps } = flags;
  return {
    seed,
    schedule,
    faults: fault,
    snapshotEvery,
    onHandlerError,
    ...(maxSteps !== undefined && { maxSteps }),
  };
}
