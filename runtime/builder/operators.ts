import type { Handler, MarkerHandler, StashHandler } from '../application/handlers.ts';
import {
  expectOperator,
  Operator,
  type OperatorOutput,
  type OperatorPortals,
} from '../application/operator.ts';
import { expectHandler, expectReference, type PortalReference } from '../application/references.ts';
import { PortalsError } from '../contracts/errors.ts';
import type { TaskKind } from '../contracts/topology.ts';
import { textOf } from '../format/text.ts';

const EVENT_HANDLER = 'ctx => value => …';

/** The operators by name, checked: `builder.tasks` and flows make theirs of the same functions. */
export const operators = {
  processor(handler: unknown): Operator {
    return handlers('processor', 'ignored', expectHandler(handler, 'processor', EVENT_HANDLER));
  },
  identity(): Operator {
    return handlers('identity', 'value', () => (value) => value);
  },
  map(handler: unknown): Operator {
    return handlers('map', 'value', expectHandler(handler, 'map', EVENT_HANDLER));
  },
  flatMap(handler: unknown): Operator {
    const checked: Handler = expectHandler(handler, 'flatMap', 'ctx => value => [ … ]');
    return handlers('flatMap', 'items', checked);
  },
  filter(predicate: unknown): Operator {
    const checked: ValueFunction = expectHandler(predicate, 'filter', 'value => true or false');
    return handlers('filter', 'filter', () => checked);
  },
  key(keyOf: unknown): Operator {
    const checked: ValueFunction = expectHandler(keyOf, 'key', 'value => key');
    return handlers('key', 'key', () => checked);
  },
  logger(prefix: unknown): Operator {
    const text = String(prefix);
    return handlers('logger', 'value', (ctx) => (value) => {
      ctx.log.info(text === '' ? value : text + textOf(value));
      return value;
    });
  },
  /** A processor that may put events aside, and have them handled again later. */
  stash(handler: unknown): Operator {
    const checked: StashHandler = expectHandler(handler, 'stash', `stash => ${EVENT_HANDLER}`);
    return new Operator('processor', { kind: 'stash', handler: checked });
  },
  /** A processor for what its handler does. */
  consume(handler: unknown): Operator {
    return handlers('processor', 'ignored', expectHandler(handler, 'consume', EVENT_HANDLER));
  },
  sample(every: unknown): Operator {
    if (typeof every === 'number' && Number.isInteger(every) && every >= 1) {
      return new Operator('filter', { kind: 'sample', every });
    }
    throw new PortalsError(
      'PORTALS_WRONG_KIND',
      'sample expects one event in how many passes: a whole number of at least 1',
    );
  },
  nothing(): Operator {
    return handlers('filter', 'filter', () => () => false);
  },
  init(factory: unknown): Operator {
    const checked: MarkerHandler = expectHandler(factory, 'init', 'ctx => task');
    return new Operator('init', { kind: 'init', factory: checked });
  },
  vsm(initial: unknown): Operator {
    const first = expectOperator(initial, 'vsm');
    return new Operator('vsm', { kind: 'vsm', initial: first }, first.portals);
  },
  asker(portal: unknown, handler: unknown): Operator {
    const onNext: Handler = expectHandler(handler, 'asker', EVENT_HANDLER);
    return handlers('asker', 'ignored', onNext, { asks: portals(portal, 'asker') });
  },
  replier(portal: unknown, handler: unknown, onRequest: unknown): Operator {
    const connected = { repliesTo: portals(portal, 'replier') };
    return replying('replier', handler, onRequest, connected);
  },
  askerreplier(asked: unknown, answered: unknown, handler: unknown, onRequest: unknown): Operator {
    const connected = {
      asks: portals(asked, 'askerreplier'),
      repliesTo: portals(answered, 'askerreplier'),
    };
    return replying('askerreplier', handler, onRequest, connected);
  },
};

type ValueFunction = (value: unknown) => unknown;

function handlers(
  kind: TaskKind,
  output: OperatorOutput,
  onNext: Handler,
  { asks = [], repliesTo = [] }: Partial<OperatorPortals> = {},
): Operator {
  return new Operator(kind, { kind: 'handlers', output, onNext }, { asks, repliesTo });
}

function replying(
  method: 'replier' | 'askerreplier',
  handler: unknown,
  requestHandler: unknown,
  { asks = [], repliesTo = [] }: Partial<OperatorPortals>,
): Operator {
  const onNext: Handler = expectHandler(handler, method, `${EVENT_HANDLER} for events`);
  const onRequest: Handler = expectHandler(
    requestHandler,
    method,
    'ctx => request => … for requests',
  );
  const kind = method === 'replier' ? 'replier' : 'asker-replier';
  const form = { kind: 'handlers', output: 'ignored', onNext, onRequest } as const;
  return new Operator(kind, form, { asks, repliesTo });
}

function portals(value: unknown, method: string): PortalReference[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((portal) => expectReference('portal', portal, method));
}
