import type { Random } from '../../../runtime/determinism/random.ts';
import type { Message } from '../../clients/raw-client.ts';
import { garbage, pick } from './garbage.ts';

/** What the adapter has sent so far and a client would send back: references, names, choices. */
export class SeenValues {
  private readonly values = new Map<string, unknown[]>();

  /** Reads every member of a message's body, whatever it hangs below. */
  take({ command, body }: Message): void {
    const frames =
      command === 'stackTrace' ? (body?.['stackFrames'] as { id: number }[]) : undefined;
    this.collect(frames?.map(({ id }) => ({ frameId: id })) ?? body, 0);
  }

  /** The latest values under a name: the client may still be showing an older one. */
  some(random: Random, ...names: readonly string[]): unknown {
    const known = names.flatMap((name) => this.latest(name));
    return known.length > 0 ? pick(random, known) : undefined;
  }

  private latest(name: string): readonly unknown[] {
    return this.values.get(name)?.slice(-4) ?? [];
  }

  private collect(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || depth > 5) return;
    for (const [name, member] of Object.entries(value).slice(0, 50)) {
      if (typeof member === 'object') this.collect(member, depth + 1);
      // A reference of 0 says that there is nothing below.
      else if (member !== 0) this.values.set(name, [...this.latest(name), member]);
    }
  }
}

type Draw = (random: Random, seen: SeenValues, program: string) => unknown;

const of =
  (...values: readonly unknown[]): Draw =>
  (random) =>
    pick(random, values);

const seen =
  (names: readonly string[], ...others: readonly unknown[]): Draw =>
  (random, known) =>
    known.some(random, ...names) ?? pick(random, others);

const small: Draw = (random) => random.below(6);
const line: Draw = (random) => 1 + random.below(60);
const column: Draw = (random) => 1 + random.below(40);

const EXPRESSIONS = [
  ...['1 + 1', 'x', 'ctx', 'this', 'globalThis', 'PortalsJS', 'ctx.state.get()', '({ a: [1] })'],
  ...['throw new Error("no")', '(', '`', 'debugger', 'await 1', 'Promise.reject(1)', 'Symbol("s")'],
  ...['ctx.emit(1)', 'ctx.state.set(2)', 'new Proxy({}, {})', 'process.exit(1)', 'nothing.at.all'],
  ...['({ get a() { throw 1; } })', 'new Array(1e5).fill(0)', 'x = 3', ''],
  ...['.help', '.state', '.seek 1', '.seek -1', '.crash', '.choose', '.nonsense', '.back', '.'],
];

/** How values look that a client could send, by the names that the protocols use. */
const FIELDS: Readonly<Record<string, Draw>> = {
  threadId: seen(['threadId'], 1, 2),
  frameId: seen(['frameId'], 1),
  variablesReference: seen(['variablesReference'], 1, 2),
  filter: of('indexed', 'named'),
  filters: of([], ['handlerError'], ['all', 'uncaught'], ['crash', 'rollback'], ['nonsense']),
  start: small,
  count: small,
  startFrame: of(0, 0, 1),
  levels: of(0, 1, 20),
  step: small,
  steps: small,
  line,
  column,
  endLine: line,
  endColumn: column,
  text: of('ctx.', 'Port', 'x', '.s', '', '🙂.'),
  expression: of(...EXPRESSIONS),
  context: of('watch', 'repl', 'hover', 'clipboard', 'variables', 'nonsense'),
  name: seen(['name'], 'x', '[0]'),
  value: of('1', '"text"', '[', 'x', '{ a: 1 }', 'null', 'throw 1'),
  dataId: seen(['dataId'], 'state', '/shop'),
  key: seen(['key'], 1, 'tea'),
  task: seen(['task', 'path'], '/shop/workflows/cart/cart'),
  path: seen(['path'], '/shop/generators/$1/stream'),
  target: seen(['path', 'unit'], '/shop/workflows/cart'),
  targetId: seen(['id'], 1),
  choice: seen(['label', 'choice'], 'nothing'),
  label: seen(['label'], 'nothing'),
  branch: small,
  kind: of('crash'),
  at: of('read', 'process', 'aligned', 'vote', 'publish', 'never'),
  occurrence: small,
  source: (_random, _told, program) => ({ path: program }),
  breakpoints: (random) =>
    Array.from({ length: random.below(4) }, () => ({
      line: 1 + random.below(60),
      name: pick(random, ['crash', 'task:*', 'portal:stock', 'atom:commit', '**']),
      dataId: 'state',
      ...(random.below(3) === 0 && { condition: pick(random, EXPRESSIONS) }),
      ...(random.below(4) === 0 && { hitCondition: pick(random, ['2', '> 1', '% 3', 'often']) }),
      ...(random.below(4) === 0 && { logMessage: pick(random, ['at {x}', '{', '{throw 1}']) }),
    })),
  lines: (random) => Array.from({ length: random.below(3) }, () => 1 + random.below(60)),
  program: (_random, _told, program) => program,
  seed: small,
  schedule: of('drain', 'random', 'pct', 'manual'),
  stopOnEntry: of(true, false),
  snapshotEvery: (random) => 1 + random.below(4),
  onHandlerError: of('propagate', 'retry(2)', 'fail'),
  faults: of([], ['crash:/shop/workflows/cart@vote#1'], ['crash:']),
  noDebug: of(false, false, false, false, false, false, true),
  linesStartAt1: of(true),
  columnsStartAt1: of(true),
  pathFormat: of('path'),
};

/** Every name above with the same value, to learn from an error which of them are read. */
export function allAs(value: unknown): object {
  return Object.fromEntries(Object.keys(FIELDS).map((name) => [name, value]));
}

/** Plausible arguments of a request that reads the members `names`. */
export function plausibleArguments(
  random: Random,
  names: readonly string[],
  known: SeenValues,
  program: string,
): object {
  const draw = (name: string) => (FIELDS[name] ?? garbage)(random, known, program);
  return Object.fromEntries(names.map((name) => [name, draw(name)]));
}

/** Plausible arguments, or some with a member missing or wrong, or nothing like it. */
export function anyArguments(random: Random, plausible: object): unknown {
  const form = random.below(16);
  if (form === 0) return garbage(random);
  if (form === 1) return undefined;
  const garbled = form < 6 ? random.below(Object.keys(plausible).length + 1) : -1;
  const members = Object.entries(plausible).flatMap(([name, value], at): [string, unknown][] => {
    if (random.below(12) === 0) return [];
    return [[name, at === garbled ? garbage(random) : value]];
  });
  return Object.fromEntries(members);
}
