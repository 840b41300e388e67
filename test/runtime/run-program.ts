import {
  createRuntime,
  type Effect,
  Environment,
  type Fault,
  type Notice,
  preview as previewWithin,
  type RuntimeOptions,
  type Simulator,
} from '../../runtime/index.ts';
import type { Builder, Flow, PortalsJS, Producer, Value } from './authors-api.ts';

/** What a program gets besides `PortalsJS`: a builder of the application `/app`, and its run. */
export interface Surroundings {
  readonly PortalsJS: PortalsJS;
  readonly simulator: Simulator;
  readonly environment: Environment;
}

/** A program under test. Unless it drives the system itself, `app` is launched and run. */
export type Program = (app: Builder, surroundings: Surroundings) => void;

/**
 * What one run has shown. Paths leave out `/app/` and `/stream`. A stream reads `[1 2] [] seal`:
 * an atom of two events, an empty atom, the seal.
 */
export interface Run {
  /** Committed log lines, as `TASK - MESSAGE`. */
  readonly log: string[];
  /** The messages alone. */
  readonly messages: string[];
  /** What the program printed. */
  readonly output: string[];
  readonly streams: Record<string, string>;
  /** The events' keys, in the same form. */
  readonly keys: Record<string, string>;
  /** `TASK NAME[KEY] = VALUE` of each entry, or `TASK NAME = VALUE` of a task's. */
  readonly state: string[];
  /** `TASK[KEY] asks PORTAL: REQUEST` of each pending continuation. */
  readonly pending: string[];
  /** Their ids, which count what has been asked and awaited. */
  readonly pendingIds: number[];
  /** Batches of requests and replies, in order of their commits. */
  readonly batches: string[];
  /** Codes and messages of handlers' errors, propagated or not. */
  readonly errors: string[];
  readonly choices: string[];
  readonly hash: string;
  readonly crashes: number;
  readonly notices: readonly Notice[];
}

export type Settings = Partial<RuntimeOptions>;

/** Runs `program` to its end. */
export function run(program: Program, settings: Settings = {}): Run {
  const seed = settings.seed ?? 0;
  const environment = new Environment({ seed });
  const notices: Notice[] = [];
  const runtime = createRuntime({
    seed,
    schedule: 'drain',
    faults: [],
    snapshotEvery: 1,
    onHandlerError: { kind: 'propagate' },
    maxSteps: 10_000,
    detail: 'steps',
    environment,
    verify: true,
    ...settings,
    probe(notice) {
      notices.push(notice);
      settings.probe?.(notice);
    },
  });
  const { simulator } = runtime;
  const api = runtime.PortalsJS as PortalsJS;
  const app = api.ApplicationBuilder('app');
  program(app, { PortalsJS: api, simulator, environment });
  const launched = notices.some((notice) => notice.kind === 'launched');
  if (!launched && !simulator.driven) {
    simulator.launch(app.build());
    simulator.stepUntilComplete();
  }
  return shown(simulator, notices);
}

/**
 * The workflow `/app/workflows/NAME`: what `build` makes of the atoms of `/app/generators/NAME`. An
 * atom is written as an array, and a stream of one atom may be written as that atom.
 */
export function workflow(
  app: Builder,
  atoms: readonly Value[],
  build: (flow: Flow) => Flow = (flow) => flow,
  name = 'w',
): Producer {
  const nested = atoms.every(Array.isArray) ? atoms : [atoms];
  const source = app.generatorsWithName(name).fromArrayOfArrays(nested);
  return build(app.workflowsWithName(name).source(source.stream)).sink().freeze();
}

/** The crash of `target` (below `/app/`) at the n-th time it passes `point`. */
export function crash(target: string, point: Fault['point'], occurrence = 1): Fault {
  return { kind: 'crash', target: `/app/${target}` as Fault['target'], point, occurrence };
}

function shown(simulator: Simulator, notices: readonly Notice[]): Run {
  const result = { log: [], messages: [], output: [], batches: [], errors: [] } as Shown;
  const atoms: Record<string, Extract<Effect, { kind: 'atom' }>[]> = {};
  for (const notice of notices) {
    if (notice.kind === 'output' && notice.outside) result.output.push(notice.text);
    if (notice.kind !== 'committed') continue;
    for (const effect of notice.effects) {
      if (effect.kind === 'atom') atoms[short(effect.stream)] ??= [];
      if (effect.kind === 'atom') atoms[short(effect.stream)]?.push(effect);
      else show(effect, result);
    }
  }
  const { inspect } = simulator;
  result.errors.push(...inspect.errors().map(({ code, message }) => `${code} ${message}`));
  const entries = Object.entries(atoms);
  const started = notices.filter((notice) => notice.kind === 'started');
  const choices = new Map(started.map(({ step, choice }) => [step, choice.label]));
  return {
    ...result,
    streams: Object.fromEntries(entries.map(([path, all]) => [path, text(all, 'value')])),
    keys: Object.fromEntries(entries.map(([path, all]) => [path, text(all, 'key')])),
    state: inspect.state({ count: Infinity }).items.map((entry) => {
      const key = entry.scope === 'key' ? `[${preview(entry.key)}]` : '';
      return `${short(entry.task)} ${entry.name}${key} = ${preview(entry.value)}`;
    }),
    pending: inspect.continuations().map(({ task, key, portal, request }) => {
      const portals = portal.split(', ').map(short).join(', ');
      return `${short(task)}[${preview(key)}] asks ${portals}: ${preview(request)}`;
    }),
    pendingIds: inspect.continuations().map(({ id }) => id),
    choices: [...choices.values()],
    hash: inspect.stateHash(),
    crashes: notices.filter((notice) => notice.kind === 'crashed').length,
    notices,
  };
}

const LIMITS = { depth: 8, items: 100, text: 10_000 };

function preview(value: unknown): string {
  return previewWithin(value, LIMITS);
}

type Shown = Pick<Run, 'log' | 'messages' | 'output' | 'batches' | 'errors'>;

function show(effect: Exclude<Effect, { kind: 'atom' }>, result: Shown): void {
  switch (effect.kind) {
    case 'log':
      result.log.push(`${short(effect.path)} - ${effect.message}`);
      result.messages.push(effect.message);
      break;
    case 'output':
      result.output.push(effect.text);
      break;
    case 'requests':
      result.batches.push(`${short(effect.from)} → ${short(effect.portal)}: ${effect.count}`);
      break;
    case 'replies':
      result.batches.push(`${short(effect.portal)} → ${short(effect.to)}: ${effect.count}`);
      break;
    case 'error':
      result.errors.push(`${effect.error.code} ${effect.error.message}`);
  }
}

function text(atoms: readonly Extract<Effect, { kind: 'atom' }>[], what: 'key' | 'value'): string {
  return atoms
    .flatMap(({ events, seal, error }) => [
      ...(seal && events.length === 0
        ? []
        : [`[${events.map((e) => preview(e[what])).join(' ')}]`]),
      ...(error === undefined ? [] : [`error(${error})`]),
      ...(seal ? ['seal'] : []),
    ])
    .join(' ');
}

function short(path: string): string {
  return path.replace(/^\/app\//, '').replace(/\/stream$/, '');
}
