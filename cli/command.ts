import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { formatDiagnostic, ProgramError } from '../program/index.ts';
import {
  DEFAULT_OPTIONS,
  type Fault,
  type HandlerErrorPolicy,
  parseFault,
} from '../runtime/index.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type ExploreFlags, explore } from './explore.ts';
import { type ReplayFlags, replay } from './replay.ts';
import { type RunFlags, run } from './run.ts';
import { type Sink, STANDARD_SINK } from './sink.ts';
import { type TopologyFlags, topology } from './topology.ts';

/** Runs the command line `portals ARGUMENTS…` and gives its exit code. */
export async function main(
  argumentList: readonly string[],
  sink: Sink = STANDARD_SINK,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.held;
  const command = describe(sink, (outcome) => {
    code = outcome;
  });
  try {
    await command.parseAsync([...argumentList], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.held : EXIT.unusable;
    if (!(error instanceof ProgramError)) throw error;
    for (const diagnostic of error.diagnostics) {
      sink.err(formatDiagnostic(diagnostic, process.cwd()));
    }
    return EXIT.unusable;
  }
}

function describe(sink: Sink, finish: (code: ExitCode) => void): Command {
  const command = new Command('portals')
    .description('Runs portal apps in a deterministic simulator.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => sink.out(text.trimEnd()),
      writeErr: (text) => sink.err(text.trimEnd()),
    })
    .showHelpAfterError('(portals --help lists the commands and their options)');
  command
    .command('run')
    .description('run a program to its end, and print what it logs')
    .argument('<file>', 'a .js, .mjs, .cjs, .ts or .mts file')
    .option('--seed <n>', 'seed of the schedule and of Math.random', whole, DEFAULT_OPTIONS.seed)
    .addOption(
      new Option('--schedule <strategy>', 'how the next step is chosen')
        .choices(['drain', 'random', 'pct', 'manual'])
        .default(DEFAULT_OPTIONS.schedule),
    )
    .option('--fault <spec>', 'crash:TARGET@POINT#N; may be repeated', fault, [])
    .option('--snapshot-every <n>', 'atoms per snapshot', count, DEFAULT_OPTIONS.snapshotEvery)
    .option(
      '--on-handler-error <policy>',
      'propagate, retry(N) or fail',
      policy,
      DEFAULT_OPTIONS.onHandlerError,
    )
    .option('--max-steps <n>', 'stop after so many steps', count)
    .option('--check-determinism', 'run twice and compare every step, instead of reporting the run')
    .option('--json', 'one JSON object per line')
    .option('--trace <file>', 'record the run to a .ptrace file')
    .action(async (file: string, flags: RunFlags) => finish(await run(file, flags, sink)));
  command
    .command('topology')
    .description('print the graph of the applications that a program launches')
    .argument('<file>', 'a .js, .mjs, .cjs, .ts or .mts file')
    .addOption(
      new Option('--format <format>', 'what to print')
        .choices(['svg', 'json', 'dot'])
        .default('svg'),
    )
    .action(async (file: string, flags: TopologyFlags) =>
      finish(await topology(file, flags, sink)),
    );
  command
    .command('replay')
    .description('run a recorded trace again, and stop at the first difference')
    .argument('<trace>', 'a .ptrace file')
    .option('--guided', 'after a difference take the nearest legal choice instead')
    .option('--json', 'one JSON object per line')
    .action(async (file: string, flags: ReplayFlags) => finish(await replay(file, flags, sink)));
  describeExplore(command, sink, finish);
  return command;
}

function describeExplore(command: Command, sink: Sink, finish: (code: ExitCode) => void): void {
  command
    .command('explore')
    .description('run a program under many schedules and crashes, and check what it commits')
    .argument('<file>', 'a .js, .mjs, .cjs, .ts or .mts file')
    .addOption(
      new Option('--strategy <strategy>', 'which runs are tried')
        .choices(['exhaustive', 'random', 'pct'])
        .default('exhaustive'),
    )
    .addOption(new Option('--faults <kind>', 'what fails').choices(['crash']).default('crash'))
    .option('--budget <time>', 'how long, as in 30s', seconds, 30_000)
    .option('--runs <n>', 'at most so many runs, instead of the budget', count)
    .option('--seed <n>', 'seed of the first schedule', whole, DEFAULT_OPTIONS.seed)
    .option('--max-steps <n>', 'steps after which a run counts as endless', count, 100_000)
    .option('--shard <i/n>', 'only the i-th of n parts', shard, { index: 0, count: 1 })
    .option('--shrink', 'look for the fewest crashes that break the same rule')
    .option('--out <directory>', 'write a trace of each violation')
    .option('--json', 'print the report as JSON')
    .action(async (file: string, flags: ExploreFlags) => finish(await explore(file, flags, sink)));
}

/** Milliseconds of a text such as `30s`. */
function seconds(text: string): number {
  const [, value] = /^(\d+)s$/.exec(text) ?? [];
  if (value === undefined) throw new InvalidArgumentError('It is not a time such as 30s.');
  return Number(value) * 1000;
}

function shard(text: string): ExploreFlags['shard'] {
  const [, index, parts] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || parts === undefined || index < 1 || index > parts) {
    throw new InvalidArgumentError('It is not of the form 1/4, with the first number from 1.');
  }
  return { index: index - 1, count: parts };
}

function whole(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('It is not a whole number.');
  }
  return value;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('It is not a whole number from 1.');
  }
  return value;
}

function fault(text: string, before: readonly Fault[]): readonly Fault[] {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function policy(text: string): HandlerErrorPolicy {
  const [, attempts] = /^retry\((\d+)\)$/.exec(text) ?? [];
  if (attempts !== undefined) return { kind: 'retry', attempts: Number(attempts) };
  if (text === 'propagate' || text === 'fail') return { kind: text };
  throw new InvalidArgumentError('It is none of propagate, retry(N) and fail.');
}
