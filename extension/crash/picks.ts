import type { SessionStatus, TopologyUnit } from '../session/messages.ts';
import { POINT_EXPLANATIONS, type ProtocolPoint } from './points.ts';

/** An item of a quick pick and its value. */
export interface Pick<Value> {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly value: Value;
}

/** States of units that no longer process anything. */
const ENDED = ['sealed', 'failed'] as const;

/** The number of occurrences offered by name; the user enters later ones. */
const NAMED_OCCURRENCES = 3;

const UNIT_ICONS: Partial<Record<TopologyUnit['kind'], string>> = {
  workflow: '$(type-hierarchy-sub)',
  sequencer: '$(git-merge)',
  splitter: '$(git-branch)',
  generator: '$(arrow-circle-right)',
};

/**
 * The units that can crash: first the one that is processing, then those in `next`, last those that
 * have ended and pass no further point.
 */
export function unitPicks(
  nodes: readonly TopologyUnit[],
  status: SessionStatus | undefined,
  next: readonly string[],
): Pick<string>[] {
  const ranked = nodes.flatMap(({ path, kind, name }) => {
    const icon = UNIT_ICONS[kind];
    if (icon === undefined) return [];
    const { rank, about } = rankOf(path, status, next);
    const pick = { label: `${icon} ${name}`, description: `${kind}${about}`, detail: path };
    return [{ rank, pick: { ...pick, value: path } }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ pick }) => pick);
}

/** The rank of a unit in the list and its description. */
function rankOf(
  path: string,
  status: SessionStatus | undefined,
  next: readonly string[],
): { readonly rank: number; readonly about: string } {
  if (path === status?.choice?.unit) return { rank: -1, about: ', processing now' };
  const ended = ENDED.find((state) => state === status?.units[path]);
  if (ended !== undefined) return { rank: next.length + 1, about: `, ${ended}` };
  const place = next.indexOf(path);
  return place < 0 ? { rank: next.length, about: '' } : { rank: place, about: ', may run next' };
}

/** The target of a crash: a unit at any point, or a task, which passes only `process`. */
export interface CrashSite {
  readonly target: string;
  readonly point?: 'process';
}

/** The crash site of the element at `target`; `undefined` if the user must choose. */
export function crashSite(
  nodes: readonly TopologyUnit[],
  target: string | undefined,
): CrashSite | undefined {
  const node = nodes.find(({ path }) => path === target);
  if (node === undefined) return undefined;
  if (UNIT_ICONS[node.kind] !== undefined) return { target: node.path };
  if (node.kind === 'task') return { target: node.path, point: 'process' };
  // A splitter crashes with all its splits. A portal is not a process and cannot crash.
  return node.kind === 'split' ? crashSite(nodes, node.parent) : undefined;
}

/** The protocol points in the order of an atom, with the effect of a crash at each. */
export function pointPicks(): Pick<ProtocolPoint>[] {
  return Object.entries(POINT_EXPLANATIONS).map(([point, { rolls, explanation }]) => ({
    label: rolls === 'back' ? `$(debug-reverse-continue) ${point}` : `$(debug-continue) ${point}`,
    description: `rolls ${rolls}`,
    detail: explanation,
    value: point as ProtocolPoint,
  }));
}

/** The choices for `process`: the whole unit, or one of its tasks. */
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

/** The occurrence of the point, counted from now; `undefined` asks the user to enter it. */
export function occurrencePicks(point: ProtocolPoint): Pick<number | undefined>[] {
  const each = point === 'process' ? 'once per event' : 'once per atom';
  const named = Array.from({ length: NAMED_OCCURRENCES }, (_, index) => ({
    label: index === 0 ? 'The next time' : `The ${ordinal(index + 1)} time from now`,
    description: index === 0 ? each : '',
    value: index + 1,
  }));
  return [...named, { label: 'Another…', description: 'enter a number', value: undefined }];
}

/** Validates a typed occurrence; returns what is wrong, or `undefined`. */
export function occurrenceProblem(text: string): string | undefined {
  if (/^[1-9]\d{0,8}$/.test(text.trim())) return undefined;
  return 'Enter a whole number: 1 is the next occurrence, 2 the one after it.';
}

function ordinal(number: number): string {
  const suffixes: Readonly<Record<number, string>> = { 1: 'st', 2: 'nd', 3: 'rd' };
  return `${number}${suffixes[number] ?? 'th'}`;
}
