import { pathPattern } from '../../program/index.ts';
import type { NodeKind, Topology } from '../../runtime/index.ts';
import { MODEL_EVENTS, type ModelEvent } from '../agent/index.ts';

/** What a breakpoint by name is set on: `task:/shop/workflows/cart/items`, `atom:commit`. */
export interface ModelName {
  readonly event: ModelEvent;
  /** Which elements; absent for all. */
  readonly pattern?: string;
}

/** The elements that each event can be narrowed to. */
const ELEMENTS: Readonly<Record<ModelEvent, readonly NodeKind[]>> = {
  task: ['task'],
  portal: ['portal'],
  workflow: ['workflow'],
  sequencer: ['sequencer'],
  splitter: ['splitter'],
  generator: ['generator'],
  'atom:commit': ['workflow', 'sequencer', 'splitter', 'generator'],
  'atom:abort': ['workflow', 'sequencer', 'splitter', 'generator'],
  crash: ['workflow', 'sequencer', 'splitter', 'generator', 'task'],
  recover: ['workflow', 'sequencer', 'splitter', 'generator'],
};

const NAME = new RegExp(`^(${MODEL_EVENTS.join('|')})(?::(.*))?$`);
const NEEDS_PATTERN: ReadonlySet<string> = new Set(MODEL_EVENTS.slice(0, 6));

/** @throws Error that says what is understood, and what may have been meant. */
export function readModelName(text: string, topology: Topology | undefined): ModelName {
  const [, event, pattern] = NAME.exec(text.trim()) ?? [];
  if (event !== undefined && (pattern || !NEEDS_PATTERN.has(event))) {
    return { event: event as ModelEvent, ...(pattern && { pattern }) };
  }
  if (event !== undefined) throw new Error(`name the ${event}, as in '${event}:NAME'; * is any`);
  const meant = elementsCalled(text.trim(), topology);
  const instead =
    meant.length > 0
      ? `did you mean ${meant.join(' or ')}?`
      : 'write task:, portal:, workflow:, sequencer:, splitter: or generator: and a name, or ' +
        'atom:commit, atom:abort, crash or recover';
  throw new Error(`'${text}' is no name of the model: ${instead}`);
}

/** The paths that `name` stands for. */
export function matchesOf(name: ModelName, topology: Topology): readonly string[] {
  const fits = pathPattern(name.pattern ?? '**');
  return elementsFor(name.event, topology).filter(fits);
}

/** Those of `paths` that fit a pattern as the user writes it. */
export function matchesOfPattern(pattern: string, paths: readonly string[]): readonly string[] {
  return paths.filter(pathPattern(pattern));
}

/** Why `name` stands for nothing, and what is near it. */
export function noMatch({ event, pattern = '' }: ModelName, topology: Topology): string {
  const known = elementsFor(event, topology);
  const kind = ELEMENTS[event].length === 1 ? event : 'unit';
  if (known.length === 0) return `there is no ${kind} in what has been launched`;
  const wanted = lastOf(pattern);
  const near = known.filter((path) => distance(lastOf(path), wanted) <= wanted.length / 2);
  const shown = (near.length > 0 ? near : known).slice(0, SUGGESTIONS_MAX);
  const label = near.length > 0 ? 'near it' : 'there are';
  return `no ${kind} is called '${pattern}'; ${label}: ${shown.join(', ')}`;
}

const SUGGESTIONS_MAX = 5;

function elementsFor(event: ModelEvent, topology: Topology): readonly string[] {
  return topology.nodes.filter(({ kind }) => ELEMENTS[event].includes(kind)).map((n) => n.path);
}

function elementsCalled(text: string, topology: Topology | undefined): readonly string[] {
  const nodes = topology?.nodes.filter(({ path, name }) => path === text || name === text) ?? [];
  return [...new Set(nodes.map(({ kind }) => kind))]
    .filter((kind) => kind !== 'split')
    .map((kind) => `${kind}:${text}`);
}

function lastOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** How many letters have to be added, left out or replaced to make `one` from `other`. */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const row = [at + 1];
    for (let to = 0; to < other.length; to++) {
      const replaced = (above[to] ?? 0) + Number(letter !== other[to]);
      row.push(Math.min(replaced, (above[to + 1] ?? 0) + 1, (row[to] ?? 0) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
