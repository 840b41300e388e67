import { dirname, relative } from 'node:path/posix';

/** The workspace folder that receives the type declarations. */
export const TYPES_FOLDER = 'portals-types';

/** The reference directive for `file`; both paths use `/` and the same file system. */
export function referenceLine(file: string, typesFolder: string): string {
  const from = relative(dirname(file), typesFolder);
  const folder = from.startsWith('.') ? from : `./${from}`;
  // JavaScript cannot specify type arguments, so its declarations require fewer.
  const declarations = /\.[cm]?tsx?$/.test(file) ? 'portals.d.ts' : 'scripts.d.ts';
  return `/// <reference path="${folder}/${declarations}" />\n`;
}

/** True for a TypeScript diagnostic about the missing declarations. */
export function isMissingTypes(message: string): boolean {
  return /Cannot find (?:name 'PortalsJS'|module 'portals')/.test(message);
}

/** The line that receives the directive: after a `#!` line. */
export function referenceInsertionLine(source: string): number {
  return source.startsWith('#!') ? 1 : 0;
}
