import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { formatDiagnostic, ProgramError } from '../program/index.ts';
import {
  DEFAULT_OPTIONS,
  type Fault,
  type HandlerErrorPolicy,
  parseFault,
} from '../runtime/index.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
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
    .addOption(new Option('--trace <file>').hideHelp().argParser(noTraces))
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
  reserve(command);
  return command;
}

/** Names that are kept for what they will do, so that nobody takes them for typing errors. */
function reserve(command: Command): void {
  for (const name of ['explore', 'replay']) {
    command
      .command(name, { hidden: true })
      .allowUnknownOption()
      .argument('[arguments...]')
      .action(() => command.error(`error: ${name}: it is not in this version yet`));
  }
}

function noTraces(): never {
  throw new InvalidArgumentError('There are no traces in this version yet.');
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
