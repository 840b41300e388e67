import * as z from 'zod/mini';
import type { PageQuery, ShownPage } from '../../host/index.ts';
import { formatFault, type Path, parseFault } from '../../runtime/index.ts';
import { chooseStep, enabledSteps } from '../choices.ts';
import { AdapterError } from '../errors.ts';
import { BINS_MAX } from '../protocol.ts';
import type { Session } from '../session.ts';
import { editState } from '../set-variable.ts';
import { type RequestTable, request } from './table.ts';

const index = z.int().check(z.gte(0));
const empty = z.looseObject({});

const stateArguments = z.looseObject({
  task: z.optional(z.string()),
  key: z.optional(z.unknown()),
  start: z.optional(index),
  count: z.optional(index),
});

const streamArguments = z.looseObject({ path: z.string(), start: index, count: index });

const densityArguments = z.looseObject({
  start: index,
  count: index,
  binSize: z.int().check(z.gte(1)),
});

const setStateArguments = z.looseObject({
  task: z.string(),
  state: z.string(),
  key: z.optional(z.string()),
  expression: z.optional(z.string()),
});

const injectArguments = z.looseObject({
  kind: z.literal('crash'),
  target: z.string(),
  at: z.optional(z.string()),
  occurrence: z.optional(z.int().check(z.gte(1))),
});

/** The model's own requests; their shapes are those of `protocol.ts`. */
export const portals: RequestTable = {
  'portals/status': request(empty, (session) => session.execution.report.body),

  'portals/topology': request(empty, (session) => {
    const { report, image } = session.execution;
    return report.topologyIn(image.sources);
  }),

  'portals/state': request(stateArguments, (session, { task, key, start = 0, count = 100 }) => {
    const query = {
      start,
      count,
      ...(task !== undefined && { task: task as Path }),
      ...(key !== undefined && { key }),
    };
    return page(session, { of: 'state', query });
  }),

  'portals/continuations': request(empty, async (session) => {
    const { items } = await page(session, { of: 'continuations' });
    return { continuations: items };
  }),

  'portals/stream': request(streamArguments, (session, { path, start, count }) => {
    const { streams } = session.execution.report.status;
    if (!(path in streams)) throw unknown(`there is no stream ${path}`, Object.keys(streams));
    return page(session, { of: 'stream', path: path as Path, start, count });
  }),

  'portals/history': request(
    z.looseObject({ start: index, count: index }),
    (session, { start, count }) => session.execution.history(start, count),
  ),

  'portals/density': request(densityArguments, (session, { start, count, binSize }) => {
    if (count / binSize > BINS_MAX) {
      throw new AdapterError('BAD_REQUEST', `count / binSize is to be at most ${BINS_MAX}`);
    }
    return session.execution.density(start, count, binSize);
  }),

  'portals/setState': request(setStateArguments, (session, { expression, key, ...rest }) => {
    const scope = key === undefined ? 'task' : 'key';
    return editState(session, { ...rest, scope, ...(key !== undefined && { key }) }, expression);
  }),

  'portals/enabled': request(empty, async (session) => ({
    choices: await enabledSteps(session),
  })),

  'portals/choose': request(z.looseObject({ choice: z.string() }), (session, { choice }) =>
    chooseStep(session, choice),
  ),

  'portals/inject': request(injectArguments, async (session, args) => {
    const fault = readFault(session, args);
    await session.execution.change(fault, (control) => control.call('inject', fault));
    session.tellChange();
    return { fault };
  }),
};

/** @throws AdapterError naming what can be crashed, or at which points. */
function readFault(session: Session, args: z.infer<typeof injectArguments>): string {
  const { kind, target, at = 'process', occurrence = 1 } = args;
  const { nodes } = session.execution.report.topology;
  const crashable = nodes.filter((node) => node.kind !== 'portal' && node.kind !== 'split');
  if (!crashable.some(({ path }) => path === target)) {
    throw unknown(
      `nothing at '${target}' can crash`,
      crashable.map(({ path }) => path),
    );
  }
  try {
    return formatFault(parseFault(`${kind}:${target}@${at}#${occurrence}`));
  } catch (error) {
    throw new AdapterError('BAD_REQUEST', error instanceof Error ? error.message : String(error));
  }
}

/** Items of the model, with the author's positions. */
async function page(session: Session, query: PageQuery): Promise<ShownPage> {
  const { sources } = session.execution.image;
  const { items, ...window } = await session.debuggee.look((control) =>
    control.call('page', query),
  );
  return { ...window, items: items.map((item) => sources.mapSite(item)) };
}

function unknown(problem: string, known: readonly string[]): AdapterError {
  return new AdapterError('UNKNOWN_TARGET', `${problem}; known: ${known.join(', ') || 'none'}`);
}
