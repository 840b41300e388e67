import { type Runtime, Session } from 'node:inspector';
import type { CallSite } from '../../runtime/index.ts';

/** Counts lines and columns from 0. */
interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** The global under which V8 is given the functions. */
const SLOT = '__portalsFunctionsToLocate';

/**
 * Where functions are written, as V8 knows it. A run without a debugger captures no call sites;
 * this finds the few functions that matter at its end.
 */
export function locateFunctions(
  functions: readonly ((...args: never) => unknown)[],
): readonly (CallSite | undefined)[] {
  if (functions.length === 0) return [];
  const session = new Session();
  session.connect();
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  const slots = globalThis as { [SLOT]?: unknown };
  slots[SLOT] = functions;
  try {
    session.post('Debugger.enable');
    let list: string | undefined;
    session.post('Runtime.evaluate', { expression: `globalThis.${SLOT}` }, (_, answer) => {
      list = answer.result.objectId;
    });
    const items = propertiesOf(session, list).result;
    return functions.map((_, at) => {
      const item = items.find(({ name }) => name === String(at));
      return siteOf(session, item?.value?.objectId, urls);
    });
  } finally {
    delete slots[SLOT];
    session.disconnect();
  }
}

function siteOf(
  session: Session,
  objectId: string | undefined,
  urls: ReadonlyMap<string, string>,
): CallSite | undefined {
  const { internalProperties = [] } = propertiesOf(session, objectId);
  const found = internalProperties.find(({ name }) => name === '[[FunctionLocation]]');
  const location = found?.value?.value as Location | undefined;
  const url = urls.get(location?.scriptId ?? '');
  if (location === undefined || url === undefined) return undefined;
  return { url, line: location.lineNumber + 1, column: location.columnNumber + 1 };
}

type Properties = Pick<Runtime.GetPropertiesReturnType, 'result' | 'internalProperties'>;

/** A session on the thread's own inspector answers before `post` returns. */
function propertiesOf(session: Session, objectId: string | undefined): Properties {
  let properties: Properties = { result: [] };
  if (objectId === undefined) return properties;
  const asked = { objectId, ownProperties: true };
  session.post('Runtime.getProperties', asked, (_, answer?: Properties) => {
    if (answer !== undefined) properties = answer;
  });
  return properties;
}
