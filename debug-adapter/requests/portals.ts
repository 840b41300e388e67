import type { Path } from '../../runtime/index.ts';
import type { PageQuery, ShownPage } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import {
  BINS_MAX,
  chooseArguments,
  densityArguments,
  exportArguments,
  historyArguments,
  injectArguments,
  noArguments,
  stateArguments,
  streamArguments,
} from '../protocol.ts';
import { diagnosticsOf } from '../session/diagnostics.ts';
import { injectFault } from '../session/fault-injection.ts';
import { chooseNextStep, enabledChoices } from '../session/scheduling.ts';
import type { Session } from '../session/session.ts';
import { settingState } from './setting-state.ts';
import { type RequestTable, request } from './table.ts';

/** The model's own requests; their shapes are those of `protocol.ts`. */
export const portals: RequestTable = {
  'portals/status': request(noArguments, (session) => session.execution.report.body),

  'portals/diagnostics': request(noArguments, diagnosticsOf),

  'portals/sources': request(noArguments, (session) => ({
    paths: session.execution.image.sources.loaded.map(({ path }) => path),
  })),

  'portals/topology': request(noArguments, (session) => {
    const { report, image } = session.execution;
    return report.topologyIn(image.sources);
  }),

  'portals/state': request(stateArguments, (session, args) => {
    const { task, state, key, match, start = 0, count = 100 } = args;
    if (task !== undefined) expectTask(session, task);
    const search = {
      ...(task !== undefined && { task: task as Path }),
      ...(state !== undefined && { name: state }),
      ...(key !== undefined && { key: JSON.stringify(key) }),
      ...(match !== undefined && { match }),
    };
    return page(session, { of: 'found', search, start, count });
  }),

  'portals/continuations': request(noArguments, async (session) => {
    const { items } = await page(session, { of: 'continuations' });
    return { continuations: items };
  }),

  'portals/stream': request(streamArguments, (session, { path, start, count }) => {
    const { streams } = session.execution.report.status;
    if (!(path in streams)) throw unknown(`there is no stream ${path}`, Object.keys(streams));
    return page(session, { of: 'stream', path: path as Path, start, count });
  }),

  'portals/history': request(historyArguments, (session, { start, count }) => {
    // Without debugging, steps are counted but not recorded.
    if (session.execution.launch.noDebug) return { start, total: 0, items: [] };
    return session.execution.navigator.history(start, count);
  }),

  'portals/density': request(densityArguments, (session, { start, count, binSize }) => {
    if (count / binSize > BINS_MAX) {
      throw new AdapterError('BAD_REQUEST', `count / binSize is to be at most ${BINS_MAX}`);
    }
    return session.execution.navigator.density(start, count, binSize);
  }),

  'portals/stateNames': request(noArguments, async (session) => ({
    names: (await page(session, { of: 'state-names' })).items,
  })),

  'portals/setState': settingState,

  'portals/enabled': request(noArguments, async (session) => ({
    choices: await enabledChoices(session),
  })),

  'portals/choose': request(chooseArguments, (session, { choice }) =>
    chooseNextStep(session, choice),
  ),

  'portals/inject': request(injectArguments, async (session, args) => {
    return { fault: await injectFault(session, args) };
  }),

  'portals/export': request(exportArguments, () => {
    throw new AdapterError(
      'UNSUPPORTED',
      'portals/export: there are no traces in this version yet',
    );
  }),
};

function expectTask(session: Session, task: string): void {
  const { nodes } = session.execution.report.topology;
  const tasks = nodes.filter(({ kind }) => kind === 'task').map(({ path }): string => path);
  if (!tasks.includes(task)) throw unknown(`there is no task ${task}`, tasks);
}

/** Items of the model, with the author's positions. */
async function page(session: Session, query: PageQuery): Promise<ShownPage> {
  const { sources } = session.execution.image;
  const { items, ...window } = await session.debuggee.whilePaused((control) =>
    control.call('page', query),
  );
  return { ...window, items: items.map((item) => sources.mapSite(item)) };
}

function unknown(problem: string, known: readonly string[]): AdapterError {
  return new AdapterError('UNKNOWN_TARGET', `${problem}; known: ${known.join(', ') || 'none'}`);
}
