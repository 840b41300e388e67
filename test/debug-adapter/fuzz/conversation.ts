import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../../runtime/determinism/random.ts';
import type { RawClient } from '../../clients/raw-client.ts';
import { allAs, anyArguments, plausibleArguments, SeenValues } from './arguments.ts';
import { asJson, BROKEN_FRAMES, garbage, pick } from './garbage.ts';

/** Which members of its arguments each request reads. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** Ends a connection, so it comes last. */
const LAST = 'disconnect';
/** Starts or ends a program, so that most of the others find nothing to ask; drawn rarely. */
const RARE = ['launch', 'restart', 'terminate'];
const RARE_EVERY = 120;

const LOOKING = [
  ...['stackTrace', 'scopes', 'variables', 'variables', 'setVariable', 'evaluate', 'completions'],
  'exceptionInfo',
];

const BURST_MAX = 50;
/** After so many requests, and sooner when it has ended, the program is launched again. */
const REQUESTS_PER_LAUNCH = 150;
const REQUESTS_AFTER_END = 10;
/** How often the client asks whether a program has come to a stand. */
const PATIENCE = 10;
/** How long the client at times leaves the adapter alone. */
const GOING_ON_MS_MAX = 6;
/** How many requests of a conversation come before `initialize` and before `launch`. */
const EARLY = 8;

/** Asks a fresh adapter, which refuses arguments by naming what is wrong with each. */
export async function learnVocabulary(
  client: RawClient,
  commands: readonly string[],
): Promise<Vocabulary> {
  const words = new Map<string, string[]>();
  for (const command of commands) {
    if (command === LAST) continue;
    const answers = [await client.ask(command, allAs({})), await client.ask(command, allAs(false))];
    const named = answers.flatMap(({ message = '' }) => [
      ...message.matchAll(/'(\w+)(\.[\w.]+)?': /g),
    ]);
    words.set(command, [...new Set(named.map(([, name = '']) => name))]);
  }
  return words;
}

/** What a conversation is about; it is a function of these and of what the adapter sends. */
export interface Plan {
  readonly seed: number;
  readonly requests: number;
  readonly program: string;
  readonly vocabulary: Vocabulary;
}

/** A client without manners: asks whatever comes to its mind, mostly without waiting. */
export class Conversation {
  readonly client: RawClient;
  private readonly random: Random;
  private readonly seen = new SeenValues();
  private readonly plan: Plan;
  private readonly commands: readonly string[];
  private read = 0;
  private ended = false;
  /** The texts of all requests, by their number. */
  readonly asked = new Map<number, string>();

  constructor(client: RawClient, plan: Plan) {
    this.client = client;
    this.plan = plan;
    this.random = new Random(plan.seed);
    this.commands = [...plan.vocabulary.keys()].filter((command) => !RARE.includes(command));
  }

  /** Talks until the plan's requests have been made, and then once more politely. */
  async run(): Promise<void> {
    const { random, plan } = this;
    this.burst(random.below(EARLY));
    this.send('initialize', { adapterID: 'portals' });
    this.burst(random.below(EARLY));
    while (this.asked.size < plan.requests) {
      const launched = this.launch();
      this.burst(random.below(EARLY));
      this.send('configurationDone');
      if (random.below(4) > 0) await this.client.responseTo(launched);
      await this.talk(Math.min(REQUESTS_PER_LAUNCH, plan.requests - this.asked.size));
      if (random.below(4) > 0) this.send('terminate');
    }
    await this.settle();
  }

  /** Makes `requests` requests: mostly one by one, so that the program gets on, some at once. */
  private async talk(requests: number): Promise<void> {
    const { random, asked } = this;
    this.ended = false;
    for (let end = asked.size + requests; asked.size < end; ) {
      if (this.ended) end = Math.min(end, asked.size + random.below(REQUESTS_AFTER_END));
      const turn = random.below(10);
      if (turn === 0) this.burst(1 + random.below(BURST_MAX));
      // A program that runs on leaves little to look at.
      if (turn === 1) this.send('pause', { threadId: 1 });
      if (turn === 2) await this.lookAround();
      if (turn > 2) this.sendAny();
      if (turn > 3) await this.settle();
      if (turn > 4) await sleep(random.below(GOING_ON_MS_MAX));
    }
  }

  /** Sends the requests of a client that shows a stop; each needs the response before it. */
  private async lookAround(): Promise<void> {
    this.send('pause', { threadId: 1 });
    for (let tries = 0; tries < PATIENCE; tries++) {
      const { body } = await this.client.responseTo(this.send('portals/status'));
      if (body?.['stopped'] !== undefined) break;
      await sleep(GOING_ON_MS_MAX);
    }
    for (const command of LOOKING) {
      this.send(command, this.plausible(command));
      await this.settle();
    }
  }

  /** Ends the program, and waits until everything that was asked has been answered. */
  async end(): Promise<void> {
    await this.client.responseTo(this.send('terminate'));
    for (const [seq, text] of this.asked) {
      await this.client.responseTo(seq).catch(() => {
        throw new Error(`no response to ${text.slice(0, 200)}`);
      });
    }
    await this.settle();
  }

  /** Asks something, and waits: all that came before has been read by the adapter then. */
  private async settle(): Promise<void> {
    await this.client.responseTo(this.send('threads'));
    const { received } = this.client;
    for (const message of received.slice(this.read)) {
      this.seen.take(message);
      if (message.event === 'terminated') this.ended = true;
    }
    this.read = received.length;
  }

  private burst(size: number): void {
    for (let at = 0; at < size; at++) this.sendAny();
  }

  private sendAny(): void {
    const { random } = this;
    if (random.below(60) === 0) this.client.raw(pick(random, BROKEN_FRAMES));
    if (random.below(60) === 0) this.send(garbage(random), garbage(random));
    const rare = random.below(RARE_EVERY) === 0;
    const command = pick(random, rare ? RARE : this.commands);
    this.send(command, anyArguments(random, this.plausible(command)));
  }

  private plausible(command: string): object {
    const { random, plan, seen } = this;
    const names = plan.vocabulary.get(command) ?? [];
    return plausibleArguments(random, names, seen, plan.program);
  }

  private launch(): number {
    const { program } = this.plan;
    return this.send('launch', { program, stopOnEntry: this.random.below(4) > 0 });
  }

  private send(command: unknown, args?: unknown): number {
    const seq = this.asked.size + 1;
    const text = asJson({ seq, type: 'request', command, arguments: args });
    this.asked.set(seq, text);
    this.client.raw(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return seq;
  }
}
