import { isAbsolute, resolve } from 'node:path';
import type { Message, Note } from 'esbuild';
import { ONLY_CONSTANT_IMPORTS, type RefusalDetail } from './bundle-resolution.ts';
import type { Diagnostic, SourcePosition } from './diagnostic.ts';

/** esbuild's message as a diagnostic: coded, positioned, with what to do. */
export function diagnose(message: Message, directory: string): Diagnostic {
  const source = positionOf(message, directory);
  return { ...explain(message), ...(source && { source }) };
}

function explain(message: Message): { code: string; message: string } {
  const { text } = message;
  const detail = message.detail as Partial<RefusalDetail> | undefined;
  if (detail?.portalsCode !== undefined) return { code: detail.portalsCode, message: text };
  if (ONLY_CONSTANT_IMPORTS.has(message.id)) {
    return {
      code: 'PORTALS_BUNDLE_DYNAMIC_IMPORT',
      message:
        'the name of the module is computed, so it cannot be bundled. Import it by a constant.',
    };
  }
  if (text.startsWith('Top-level await') || text.startsWith('"await" can only be used')) {
    return {
      code: 'PORTALS_BUNDLE_AWAIT',
      message:
        'handlers and programs are synchronous, so nothing can be awaited here. To wait for a ' +
        'reply, use ctx.await(future, ctx => …).',
    };
  }
  if (text.startsWith('Could not resolve')) {
    const remedy = 'Check the path, or install the package in the folder of the program.';
    return { code: 'PORTALS_BUNDLE_UNRESOLVED', message: `${text}. ${remedy}` };
  }
  if (text.startsWith('No matching export') || message.id === 'import-is-undefined') {
    return { code: 'PORTALS_BUNDLE_NO_EXPORT', message: `${text}. Check the imported name.` };
  }
  const sentence = text.endsWith('.') ? text : `${text}.`;
  const notes = message.notes.map((note) => ` ${noteText(note)}`).join('');
  return { code: 'PORTALS_BUNDLE_SYNTAX', message: sentence + notes };
}

function noteText({ text, location }: Note): string {
  if (location === null || !text.endsWith('here:')) return text;
  return `${text.slice(0, -1)}, in line ${location.line}.`;
}

/** esbuild counts columns from 0 and in UTF-8 bytes; editors count from 1 and in UTF-16 units. */
function positionOf(message: Message, directory: string): SourcePosition | undefined {
  const { location } = message;
  if (location === null) return undefined;
  const { file, line, column, lineText } = location;
  const before = Buffer.from(lineText, 'utf8').subarray(0, column).toString('utf8');
  return {
    file: isAbsolute(file) ? file : resolve(directory, file),
    line,
    column: before.length + 1,
  };
}
