import { join } from 'node:path';
import { explore as exploreProgram, type Report, type Strategy } from '../exploration/index.ts';
import { type Bundle, bundle, loadRuntimeCode, Program, TraceRecorder } from '../program/index.ts';
import type { RunOptions } from '../runtime/index.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Sink } from './sink.ts';
import { writeTrace } from './trace-file.ts';

/** The options of `portals explore`. */
export interface ExploreFlags {
  readonly strategy: Strategy;
  /** Milliseconds. */
  readonly budget: number;
  readonly runs?: number;
  readonly seed: number;
  readonly maxSteps: number;
  readonly shard: { readonly index: number; readonly count: number };
  readonly shrink?: true;
  /** The directory for the traces of violations. */
  readonly out?: string;
  readonly json?: true;
}

/** Explores the program in `file`, and reports the violations found. */
export async function explore(file: string, flags: ExploreFlags, sink: Sink): Promise<ExitCode> {
  const bundled = await bundle(file);
  const runtimeCode = await loadRuntimeCode();
  const { budget, shrink = false, out, json, ...rest } = flags;
  const startMs = performance.now();
  const report = exploreProgram(bundled, runtimeCode, {
    ...rest,
    // A number of runs makes the exploration independent of the machine's speed.
    ...(flags.runs === undefined && { budgetMs: budget }),
    shrink,
    elapsedMs: () => performance.now() - startMs,
  });
  const traces = report.findings.map(({ options }, at) => {
    if (out === undefined) return undefined;
    const name = join(out, `violation-${at + 1}.ptrace`);
    record(name, bundled, runtimeCode, options);
    return name;
  });
  if (json) sink.out(JSON.stringify(plain(report, traces)));
  else print(report, traces, sink);
  return report.findings.length > 0 ? EXIT.failed : EXIT.held;
}

/** Runs the program once more to record the trace. */
function record(file: string, bundled: Bundle, runtimeCode: string, options: RunOptions): void {
  const recorder = new TraceRecorder();
  const program = new Program(bundled, runtimeCode, {
    ...options,
    detail: 'steps',
    probe: (notice) => recorder.notice(notice),
  });
  program.complete();
  recorder.end(program.runtime.simulator.inspect.stateHash());
  writeTrace(file, bundled, options, recorder.records);
}

function plain(report: Report, traces: readonly (string | undefined)[]): object {
  return {
    kind: 'explored',
    ...report,
    findings: report.findings.map((finding, at) => ({ ...finding, trace: traces[at] })),
  };
}

function print(report: Report, traces: readonly (string | undefined)[], sink: Sink): void {
  for (const [at, { story }] of report.findings.entries()) {
    sink.out(`violation ${at + 1}`);
    for (const line of story) sink.out(`  ${line}`);
    const trace = traces[at];
    if (trace !== undefined) sink.out(`  replay: portals replay ${trace}`);
  }
  const { executions, schedules, covered, passed, findings, exhausted } = report;
  sink.err(
    `${executions} executions, ${schedules} distinct schedules, crashes at ${covered} of ${passed} ` +
      `points, ${findings.length} violations${exhausted ? '' : '; the budget is used up'}`,
  );
}
