import { check } from '../exploration/index.ts';
import {
  bundle,
  firstRejection,
  loadRuntimeCode,
  Program,
  ProgramError,
  RecentSteps,
  TraceReplay,
} from '../program/index.ts';
import { reportEnd } from './ending.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { JsonReport } from './json-report.ts';
import { diagnosticOf, diagnosticOfViolation, type Report } from './report.ts';
import { errorsIn } from './run.ts';
import type { Sink } from './sink.ts';
import { TextReport } from './text-report.ts';
import { readTrace } from './trace-file.ts';

/** The options of `portals replay`. */
export interface ReplayFlags {
  readonly guided?: true;
  readonly json?: true;
}

/** Runs the program of the trace in `file` again with the trace's options and decisions. */
export async function replay(file: string, flags: ReplayFlags, sink: Sink): Promise<ExitCode> {
  const report: Report = flags.json ? new JsonReport(sink) : new TextReport(sink);
  try {
    return await replayReported(file, flags, report);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    for (const diagnostic of error.diagnostics) report.diagnostic(diagnostic);
    return EXIT.unusable;
  }
}

async function replayReported(
  file: string,
  { guided }: ReplayFlags,
  report: Report,
): Promise<ExitCode> {
  const trace = readTrace(file);
  const bundled = await bundle(trace.program);
  if (bundled.hash !== trace.header.hash && !guided) {
    const message =
      `the program ${trace.header.program} has changed since the trace was recorded; ` +
      'pass --guided to replay it as far as possible';
    report.violation({ code: 'PORTALS_TRACE_MISMATCH', message });
    return EXIT.failed;
  }
  const runtimeCode = await loadRuntimeCode();
  let errors = 0;
  const recent = new RecentSteps();
  const repeated = new TraceReplay(trace, guided ? 'guided' : 'strict');
  const program: Program = new Program(bundled, runtimeCode, {
    ...trace.header.options,
    detail: 'steps',
    probe: (notice) => {
      errors += errorsIn(notice);
      recent.onNotice(notice);
      report.notice(notice);
      if (notice.kind === 'diverged') {
        report.violation(diagnosticOf(notice.error, report.positions));
      }
      repeated.notice(notice, program.runtime.simulator);
    },
  });
  report.positions = program.positions;
  const rejected = await firstRejection(() => program.load());
  if (rejected !== undefined) throw program.errorOf(rejected.reason);
  program.run();
  const { simulator } = program.runtime;
  repeated.end(simulator);
  reportEnd(program, recent, report);
  const { mismatch, deviations } = repeated;
  if (mismatch !== undefined) {
    report.violation({ code: 'PORTALS_TRACE_MISMATCH', message: mismatch });
  }
  if (deviations > 0) {
    const message = `${deviations} choices are not those of the trace`;
    report.warning({ code: 'PORTALS_TRACE_DEVIATION', message });
  }
  if (guided) return errors > 0 ? EXIT.failed : EXIT.held;
  const violations = check(bundled, runtimeCode, trace.header.options);
  for (const violation of violations) report.violation(diagnosticOfViolation(violation));
  const failed = errors > 0 || mismatch !== undefined || violations.length > 0;
  return failed ? EXIT.failed : EXIT.held;
}
