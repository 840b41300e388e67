import type { SourcePosition } from '../../program/index.ts';
import type { CallSite } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Sources } from '../v8/script/sources.ts';

/** Something that stands somewhere in the author's files. */
type Located =
  | { readonly kind: 'function'; readonly objectId: string }
  /** As the simulator noted it, in the bundled script. */
  | { readonly kind: 'site'; readonly site: CallSite };

/** Source locations of the variables of one stop, looked up on demand. */
export class Locations {
  private readonly known = new Map<number, Located>();
  private lastReference = 0;

  add(located: Located): number {
    this.known.set(++this.lastReference, located);
    return this.lastReference;
  }

  clear(): void {
    this.known.clear();
  }

  /** @throws AdapterError when it is not in the author's files, or of an earlier stop. */
  async find(reference: number, debuggee: Debuggee, sources: Sources): Promise<SourcePosition> {
    const located = this.known.get(reference);
    if (!located) {
      const message = `location ${reference} is gone: the program has run on`;
      throw new AdapterError('STALE_REFERENCE', message);
    }
    const position =
      located.kind === 'site'
        ? sources.ofSite(located.site)
        : await positionOfFunction(located.objectId, debuggee, sources);
    if (position) return position;
    throw new AdapterError('UNKNOWN_TARGET', "it does not stand in the program's own files");
  }
}

interface FunctionLocation {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

async function positionOfFunction(objectId: string, debuggee: Debuggee, sources: Sources) {
  const { internalProperties = [] } = await debuggee.cdp.send('Runtime.getProperties', {
    objectId,
    ownProperties: true,
  });
  const found = internalProperties.find(({ name }) => name === '[[FunctionLocation]]');
  const location = found?.value?.value as FunctionLocation | undefined;
  if (!location || !debuggee.isProgram(location.scriptId)) return undefined;
  return sources.ofLocation(location);
}
