import { PROGRAM_URL } from '../../../program/index.ts';
import { AdapterError } from '../../dap/errors.ts';
import type { Cdp } from '../cdp.ts';
import type { CallFrame } from '../pause.ts';

/** The scripts that a thread has loaded, and the realm of the program. */
export class LoadedScripts {
  private readonly urls = new Map<string, string>();
  private realm: number | undefined;

  constructor(cdp: Cdp) {
    cdp.on('Debugger.scriptParsed', ({ scriptId, url }) => this.urls.set(scriptId, url));
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      // The thread's own context is the default one.
      if (!(context.auxData as { isDefault?: boolean } | undefined)?.isDefault) {
        this.realm = context.id;
      }
    });
  }

  /** The execution context of the program's realm. @throws AdapterError before it exists. */
  get context(): number {
    if (this.realm !== undefined) return this.realm;
    throw new AdapterError('NOT_STOPPED', 'the program has not been loaded yet');
  }

  /** Whether a script is the author's bundled program. */
  isProgram(scriptId: string): boolean {
    return this.urls.get(scriptId)?.endsWith(PROGRAM_URL) ?? false;
  }

  /** A frame with the URL of its script, which V8 leaves out for workers. */
  withUrl(frame: CallFrame): CallFrame {
    return { ...frame, url: this.urls.get(frame.location.scriptId) ?? '' };
  }
}
