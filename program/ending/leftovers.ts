import {
  type CallSite,
  type Inspector,
  type Leftover,
  type Path,
  preview,
} from '../../runtime/index.ts';

/** More lines than this are counted only. */
const LINES_MAX = 10;

/** One thing that a run leaves undone, in words and as plain data. */
export interface LeftoverLine {
  readonly what: Leftover['kind'];
  /** Stable, e.g. `PORTALS_WAITING`. */
  readonly code: string;
  readonly message: string;
  readonly path: Path;
  readonly key?: string;
  readonly portal?: Path;
  /** The step in which the task began to wait. */
  readonly since?: number;
  readonly count?: number;
  /** Where the continuation is, or the task is built. */
  readonly site?: CallSite;
}

/** What a run leaves undone: the first few, and how many more there are. Plain data. */
export interface LeftoverReport {
  readonly lines: readonly LeftoverLine[];
  readonly more: number;
}

/** Finds the positions of functions in the script. */
export type LocateFunctions = (
  functions: readonly ((...args: never) => unknown)[],
) => readonly (CallSite | undefined)[];

/** Describes what the run leaves undone. `locate` finds continuations whose position is unknown. */
export function reportLeftovers(inspect: Inspector, locate?: LocateFunctions): LeftoverReport {
  const { items, total } = inspect.leftovers(LINES_MAX);
  if (total === 0) return { lines: [], more: 0 };
  const { nodes } = inspect.topology();
  const siteOf = (task: Path) => nodes.find(({ path }) => path === task)?.site;
  const located = locate?.(items.flatMap((each) => ('callback' in each ? [each.callback] : [])));
  const lines = items.map((item, at) => {
    // Continuations come first.
    const own = item.kind === 'continuation' ? (item.site ?? located?.[at]) : undefined;
    const site = own ?? siteOf(item.task);
    return { ...describe(item), ...(site && { site }) };
  });
  return { lines, more: total - lines.length };
}

function describe(item: Leftover): LeftoverLine {
  const path = item.task;
  switch (item.kind) {
    case 'continuation': {
      const { portal, step: since } = item;
      const key = preview(item.key);
      const message = `waits under the key ${key} since step ${since} for ${awaited(item)}`;
      return { what: item.kind, code: 'PORTALS_WAITING', message, path, key, portal, since };
    }
    case 'stash': {
      const { count } = item;
      const key = preview(item.key);
      const events = count === 1 ? 'one event' : `${count} events`;
      const message = `has stashed ${events} under the key ${key} and not unstashed`;
      return { what: item.kind, code: 'PORTALS_STASHED', message, path, key, count };
    }
    case 'second-reply': {
      const { portal, replier, count } = item;
      const replies = count === 1 ? 'one reply' : `${count} replies`;
      const message =
        `got ${replies} of ${portal}${by(replier)} to requests that had a reply already; ` +
        'the first reply counts. Reply once to each request';
      return { what: item.kind, code: 'PORTALS_SECOND_REPLY', message, path, portal, count };
    }
  }
}

function awaited(item: Extract<Leftover, { kind: 'continuation' }>): string {
  const { portal, replier, heldFor } = item;
  switch (item.why) {
    case 'no-reply':
      return `a reply of ${portal}, which ${replier ?? 'its replier'} has not sent`;
    case 'reply-dropped':
      return `a reply of ${portal} that came before the await; await in the handler that asks`;
    case 'not-handled':
      return `${portal}${by(replier)}, where the request or its reply is still queued`;
    case 'replier-waits':
      return `a reply of ${portal}, whose replier ${replier ?? ''} waits for ${heldFor ?? ''}`;
  }
}

function by(replier: Path | undefined): string {
  return replier === undefined ? '' : ` (${replier})`;
}
