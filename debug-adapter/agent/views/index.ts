import type { Inspector } from '../../../runtime/index.ts';
import { continuationParts, continuationRows } from './continuations.ts';
import { choiceRows, eventRows, uncommittedRows } from './event.ts';
import type { Row, ViewRef, Window } from './rows.ts';
import { allKeysRows, entryRows, foundRows, keyStateRows, taskStateRows } from './state.ts';

export { targetOfName, targetOfRow } from './state-target.ts';

import { atomEvents, portalRows, streamAtoms, streamRows } from './streams.ts';

export {
  type PackedRows,
  pack,
  type Row,
  type RowLabel,
  type ViewRef,
  type Window,
} from './rows.ts';

/** The rows of a view; `window` matters to those whose rows are numbered. */
export function rowsOf(inspect: Inspector, ref: ViewRef, window: Window): readonly Row[] {
  switch (ref.view) {
    case 'event':
      return eventRows(inspect);
    case 'key-state':
      return keyStateRows(inspect);
    case 'task-state':
      return taskStateRows(inspect, ref.unit);
    case 'all-keys':
      return allKeysRows(inspect, ref.unit);
    case 'entries':
      return entryRows(inspect, ref.task, ref.name, window);
    case 'found':
      return foundRows(inspect, ref.search, window);
    case 'uncommitted':
      return uncommittedRows(inspect);
    case 'continuations':
      return continuationRows(inspect, ref.unit);
    case 'continuation':
      return continuationParts(inspect, ref.id);
    case 'streams':
      return streamRows(inspect);
    case 'stream':
      return streamAtoms(inspect, ref.path, window);
    case 'atom':
      return atomEvents(inspect, ref.path, ref.atom);
    case 'portals':
      return portalRows(inspect);
    case 'choices':
      return choiceRows(inspect);
  }
}
