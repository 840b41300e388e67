import { dirname, relative } from 'node:path/posix';

/** The folder in an author's workspace that declares the model to the editor. */
export const TYPES_FOLDER = 'portals-types';

/** The line that declares the model to `file`; both are paths with `/` of one file system. */
export function referenceLine(file: string, typesFolder: string): string {
  const from = relative(dirname(file), typesFolder);
  const folder = from.startsWith('.') ? from : `./${from}`;
  // JavaScript cannot say types at every call: its declarations ask for fewer.
  const declarations = /\.[cm]?tsx?$/.test(file) ? 'portals.d.ts' : 'scripts.d.ts';
  return `/// <reference path="${folder}/${declarations}" />\n`;
}

/** Whether a complaint of TypeScript is that it does not know the model. */
export function isMissingTypes(message: string): boolean {
  return /Cannot find (?:name 'PortalsJS'|module 'portals')/.test(message);
}

/** Where the line goes: after what must stay first, as `#!` for a shell. */
export function referencePlace(source: string): number {
  return source.startsWith('#!') ? 1 : 0;
}
