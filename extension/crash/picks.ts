import type { SessionStatus, TopologyUnit } from '../session/messages.ts';
import { POINT_EXPLANATIONS, type ProtocolPoint } from './points.ts';

/** One line of a quick pick and the value it stands for. */
export interface Pick<Value> {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly value: Value;
}

/** The states of units that process nothing any more. */
const ENDED = ['sealed', 'failed'] as const;

/** How many passings are offered by name; further ones are typed. */
const PASSINGS_NAMED = 3;

const UNIT_ICONS: Partial<Record<TopologyUnit['kind'], string>> = {
  workflow: '$(type-hierarchy-sub)',
  sequencer: '$(git-merge)',
  splitter: '$(git-branch)',
  generator: '$(arrow-circle-right)',
};

/**
 * The units that can crash. First the one whose step is under way, then those in `next` that may
 * run next, last those that have come to their end and will pass no point again.
 */
export function unitPicks(
  nodes: readonly TopologyUnit[],
  status: SessionStatus | undefined,
  next: readonly string[],
): Pick<string>[] {
  const ranked = nodes.flatMap(({ path, kind, name }) => {
    const icon = UNIT_ICONS[kind];
    if (icon === undefined) return [];
    const { rank, about } = standing(path, status, next);
    const pick = { label: `${icon} ${name}`, description: `${kind}${about}`, detail: path };
    return [{ rank, pick: { ...pick, value: path } }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ pick }) => pick);
}

/** How early a unit is offered, and what is said of it. */
function standing(
  path: string,
  status: SessionStatus | undefined,
  next: readonly string[],
): { readonly rank: number; readonly about: string } {
  if (path === status?.choice?.unit) return { rank: -1, about: ', processing now' };
  const ended = ENDED.find((state) => state === status?.units[path]);
  if (ended !== undefined) return { rank: next.length + 1, about: `, ${ended}: runs no more` };
  const place = next.indexOf(path);
  return place < 0 ? { rank: next.length, about: '' } : { rank: place, about: ', may run next' };
}

/** What crashes: a unit at any point, or a task, which passes only `process`. */
export interface CrashSite {
  readonly target: string;
  readonly point?: 'process';
}

/** What a crash of the element at `target` means; `undefined` where the user has to say. */
export function crashSite(
  nodes: readonly TopologyUnit[],
  target: string | undefined,
): CrashSite | undefined {
  const node = nodes.find(({ path }) => path === target);
  if (node === undefined) return undefined;
  if (UNIT_ICONS[node.kind] !== undefined) return { target: node.path };
  if (node.kind === 'task') return { target: node.path, point: 'process' };
  // A splitter crashes with all its splits; a portal is not a process that could.
  return node.kind === 'split' ? crashSite(nodes, node.parent) : undefined;
}

/** The protocol points in the order in which one atom passes them, with what a crash there does. */
export function pointPicks(): Pick<ProtocolPoint>[] {
  return Object.entries(POINT_EXPLANATIONS).map(([point, { rolls, explanation }]) => ({
    label: rolls === 'back' ? `$(debug-reverse-continue) ${point}` : `$(debug-continue) ${point}`,
    description: `rolls ${rolls}`,
    detail: explanation,
    value: point as ProtocolPoint,
  }));
}

/** For `process`: the whole unit, or one of its tasks. */
export function taskPicks(nodes: readonly TopologyUnit[], unit: string): Pick<string>[] {
  const tasks = nodes.filter((node) => node.kind === 'task' && node.parent === unit);
  if (tasks.length === 0) return [];
  return [
    { label: 'Any task', description: 'the next event of the workflow', value: unit },
    ...tasks.map(({ path, name }) => ({
      label: name,
      description: 'only events of this task',
      detail: path,
      value: path,
    })),
  ];
}

/** Which passing of the point is meant, counted from now; `undefined` is typed by the user. */
export function passingPicks(point: ProtocolPoint): Pick<number | undefined>[] {
  const each = point === 'process' ? 'each event passes it' : 'each atom passes it once';
  const named = Array.from({ length: PASSINGS_NAMED }, (_, index) => ({
    label: index === 0 ? 'The next time' : `The ${ordinal(index + 1)} time from now`,
    description: index === 0 ? each : '',
    value: index + 1,
  }));
  return [...named, { label: 'Another…', description: 'type a number', value: undefined }];
}

/** Says what is wrong with a typed passing; `undefined` if nothing is. */
export function passingProblem(text: string): string | undefined {
  if (/^[1-9]\d{0,8}$/.test(text.trim())) return undefined;
  return 'Type a whole number: 1 is the next time, 2 the one after it.';
}

function ordinal(number: number): string {
  const suffixes: Readonly<Record<number, string>> = { 1: 'st', 2: 'nd', 3: 'rd' };
  return `${number}${suffixes[number] ?? 'th'}`;
}
