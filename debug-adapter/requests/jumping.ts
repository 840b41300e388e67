import * as z from 'zod/mini';
import { AdapterError } from '../dap/errors.ts';
import { lastHitOfLine } from '../time-travel/jump-to-line.ts';
import { type RequestTable, request } from './table.ts';

const targetsArguments = z.looseObject({
  source: z.looseObject({ path: z.optional(z.string()) }),
  line: z.int().check(z.gte(1)),
  column: z.optional(z.int().check(z.gte(1))),
});
const jumpArguments = z.looseObject({ threadId: z.optional(z.int()), targetId: z.int() });

/**
 * _Jump to Cursor_. A line cannot be run out of its turn, as nothing would have led to it; what can
 * be gone to is the last time that it ran.
 */
export const jumping: RequestTable = {
  gotoTargets: request(targetsArguments, (session, { source, line, column }) => {
    const { breakTarget: target } = session.execution;
    const file = target?.sources.fileOf(source.path ?? '') ?? '';
    const found = target?.locations.onLine(file, line) ?? [];
    const [place] = found;
    if (!place) return { targets: [] };
    const id = session.variables.add({ kind: 'line', places: found });
    const label = `the last time line ${place.source.line} ran`;
    return { targets: [{ id, label, line: place.source.line, ...(column && { column }) }] };
  }),

  goto: request(jumpArguments, (session, { targetId }, seq) => {
    const target = session.variables.get(targetId);
    if (target.kind !== 'line') {
      throw new AdapterError('UNKNOWN_TARGET', `${targetId} is no target to go to`);
    }
    const asked = { title: 'Going to the last time this line ran', request: seq };
    return session.navigate(
      (navigator, pause) => lastHitOfLine(navigator, pause, target.places),
      asked,
    );
  }),
};
