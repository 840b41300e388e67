import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { Random } from '../../../runtime/determinism/random.ts';
import { type RawClient, spawnAdapter } from '../../clients/raw-client.ts';
import { writeFiles } from '../../program-files.ts';
import { generatedProgram } from '../generated-program.ts';

/** `MIRROR_SEED=7 MIRROR_STEPS=200 node --import tsx --test …` tries others, and more. */
const SEED = Number(process.env['MIRROR_SEED'] ?? 1);
const STEPS = Number(process.env['MIRROR_STEPS'] ?? 8);

/** The command that goes back over what another one has gone forward. */
const MIRRORS = {
  'portals/stepAtom': 'portals/stepBackAtom',
  'portals/stepEvent': 'portals/stepBackEvent',
  next: 'stepBack',
  stepIn: 'stepBack',
  stepOut: 'stepBack',
  continue: 'reverseContinue',
} as const;

type Forward = keyof typeof MIRRORS;
type Level = 'atom' | 'event' | 'event end' | 'line' | 'breakpoint' | 'rest' | 'other';

/** Where a session stands, as far as a person can see it. */
interface Place {
  readonly level: Level;
  readonly step: number;
  /** A call has returned into a statement, of which more is to come. */
  readonly isWithin: boolean;
  readonly frames: readonly string[];
  /** Whatever else there is to be compared. */
  readonly seen: object;
}

test('what goes back leads to where it came from, in the examples', async (t) => {
  const examples = readdirSync('examples').filter((name) => /\.[jt]s$/.test(name));
  for (const [at, name] of examples.entries()) {
    await t.test(name, (each) => roundTrip(each, join(process.cwd(), 'examples', name), at));
  }
});

test('what goes back leads to where it came from, in generated programs', async (t) => {
  for (let at = 0; at < 4; at++) {
    const source = generatedProgram(new Random(SEED * 1000 + at));
    const directory = writeFiles({ [`generated-${at}.js`]: source });
    await t.test(`${at}`, (each) =>
      roundTrip(each, join(directory, `generated-${at}.js`), 100 + at),
    );
  }
});

/** Goes forward by commands at random, back over each, and forward again. */
async function roundTrip(t: TestContext, file: string, at: number): Promise<void> {
  const random = new Random(SEED * 1000 + at);
  const walk = await Walk.start(t, file, random);
  const done: { command: Forward; to: Place }[] = [];
  let from = await walk.look();
  for (let steps = 0; steps < STEPS && from.level !== 'rest'; steps++) {
    const command = pick(random, commandsAt(from.level));
    await walk.go(command);
    const to = await walk.look(command, from);
    const said = `${steps}: ${command} from ${titleOf(from)} to ${titleOf(to)}`;
    done.push({ command, to });
    await walk.go(MIRRORS[command]);
    const back = await walk.look();
    if (isExact(from, command, to)) {
      check(back, from, said);
      await walk.go(command);
    } else {
      await continueTo(walk, back, command, to, said);
    }
    check(await walk.look(), to, `again, ${said}`);
    from = to;
  }
  await walk.go('portals/seek', { step: 0 });
  for (const { command, to } of done) {
    await walk.go(command);
    check(await walk.look(), to, `from the beginning, ${command}`);
  }
}

/**
 * Where the way back is not exact, it ends earlier on the same way: commands that go forward lead
 * from there to `to`.
 */
async function continueTo(
  walk: Walk,
  back: Place,
  command: Forward,
  to: Place,
  said: string,
): Promise<void> {
  let forward = command;
  if (MIRRORS[command] === 'stepBack') {
    // Step Back goes over calls, not into them.
    const isSameEvent = isLine(back) && isLine(to) && back.step === to.step;
    const isOver = !isSameEvent || back.frames.length <= to.frames.length;
    assert.ok(isOver, `into a call, ${said}: ${titleOf(back)}`);
    // Only steps into calls stop at every line, and only steps over them before every event.
    forward = isLine(to) ? 'stepIn' : 'next';
  }
  // Breakpoints may stop the app in between.
  let at = back;
  do {
    await walk.go(forward);
    at = await walk.look();
    assert.ok(at.step <= to.step, `not before, ${said}: ${titleOf(back)}`);
  } while (!isSame(at, to));
}

function isSame(one: Place, other: Place): boolean {
  const isSameLevel = one.level === other.level || (isLine(one) && isLine(other));
  try {
    check(one, other, '');
    return isSameLevel;
  } catch {
    return false;
  }
}

/** The same place may be announced as a step, or as a breakpoint. */
function check(actual: Place, { step, frames, seen }: Place, said: string): void {
  const compared = { step: actual.step, frames: actual.frames, seen: actual.seen };
  assert.deepEqual(compared, { step, frames, seen }, `${said}: ${titleOf(actual)}`);
}

function titleOf({ level, step, frames }: Place): string {
  return `${level} ${step} ${frames.join(' < ')}`;
}

/**
 * Whether going back over `command` leads to exactly where it began. It leads elsewhere by design
 * - from the midst of an atom or an event by the steps of that size: to its beginning;
 * - over a call that has returned: Step Back goes over it as Step Over does, not into it, and so
 *   from within a statement to the statement's beginning;
 * - from the first line of a handler: by the event;
 * - by Reverse Continue: to where the program would stop by itself.
 */
function isExact(from: Place, command: Forward, to: Place): boolean {
  switch (command) {
    case 'portals/stepAtom':
      return from.level === 'atom';
    case 'portals/stepEvent':
      return from.level === 'atom' || from.level === 'event';
    case 'next':
    case 'stepIn':
      if (isLine(from)) return (isLine(to) || isEnd(to)) && !from.isWithin && !to.isWithin;
      return command === 'next' && from.level === to.level;
    case 'stepOut':
      return false;
    case 'continue':
      return from.level === 'breakpoint' && to.level === 'breakpoint';
  }
}

function isEnd({ level }: Place): boolean {
  return level === 'event end';
}

function isLine({ level }: Place): boolean {
  return level === 'line' || level === 'breakpoint';
}

function commandsAt(level: Level): readonly Forward[] {
  const lines = ['next', 'next', 'stepIn', 'stepIn', 'stepOut'] as const;
  const all = ['portals/stepAtom', 'portals/stepEvent', 'next', 'stepIn', 'continue'] as const;
  return level === 'line' || level === 'breakpoint' ? [...lines, ...lines, ...all] : all;
}

/** A client that goes, and looks where it stands. */
class Walk {
  private readonly client: RawClient;
  private stops = 0;
  private stopped: DebugProtocol.StoppedEvent['body'] = { reason: '' };

  private constructor(client: RawClient) {
    this.client = client;
  }

  static async start(t: TestContext, file: string, random: Random): Promise<Walk> {
    const { client } = spawnAdapter(t);
    const walk = new Walk(client);
    await client.ask('initialize', { adapterID: 'portals' });
    const launched = client.request('launch', { program: file, stopOnEntry: true });
    await client.event('initialized');
    const lines = handlerLines(readFileSync(file, 'utf8'));
    const breakpoints = [{ line: pick(random, lines) }, { line: pick(random, lines) }];
    await client.ask('setBreakpoints', { source: { path: file }, breakpoints });
    await client.ask('setExceptionBreakpoints', { filters: ['completion'] });
    await client.ask('configurationDone');
    await client.responseTo(launched);
    await walk.arrive();
    return walk;
  }

  async go(command: string, args: object = {}): Promise<void> {
    const { success, message } = await this.client.ask(command, { threadId: 1, ...args });
    assert.ok(success, `${command}: ${message}`);
    await this.arrive();
  }

  /** Where it stands, and has come to by `command` from another place. */
  async look(command?: Forward, from?: Place): Promise<Place> {
    const { threadId } = this.stopped;
    const { body: status } = await this.client.ask('portals/status');
    const { body: stack } = await this.client.ask('stackTrace', { threadId });
    const { body: state } = await this.client.ask('portals/state', {});
    const frames = ((stack?.['stackFrames'] ?? []) as DebugProtocol.StackFrame[]).map(
      ({ name, line, column }) => `${name} ${line}:${column}`,
    );
    const { step, phase, attempt, choice } = status ?? {};
    const seen = { phase, attempt, choice, state: state?.['items'] };
    const depth = from && isLine(from) ? from.frames.length : 0;
    const isWithin = command === 'stepOut' || frames.length < depth;
    return { level: this.level, step: Number(step), isWithin, frames, seen };
  }

  private async arrive(): Promise<void> {
    this.stops += 1;
    const { body } = await this.client.event('stopped', this.stops);
    this.stopped = body as unknown as DebugProtocol.StoppedEvent['body'];
  }

  private get level(): Level {
    const { reason, description = '' } = this.stopped;
    if (reason === 'breakpoint') return 'breakpoint';
    if (reason === 'complete') return 'rest';
    if (/^(Before the (first )?atom|At the beginning)/.test(description)) return 'atom';
    if (/^Before /.test(description)) return 'event';
    if (/^At the end of /.test(description)) return 'event end';
    return description === 'Paused on step' ? 'line' : 'other';
  }
}

/** The lines of a program that are more than a call of a builder. */
function handlerLines(source: string): readonly number[] {
  const lines = source.split('\n');
  return lines.flatMap((line, at) =>
    /^\s{4,}(const|let|return|ctx|if)\b/.test(line) ? [at + 1] : [],
  );
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.below(items.length)];
  assert.ok(item !== undefined);
  return item;
}
