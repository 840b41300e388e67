import { executionOf, type TaskContext } from '../execution/context.ts';
import { Behaviour, type Handler } from './behaviour.ts';
import { expectFunction } from './references.ts';

/**
 * The events that a handler has put aside under the current key. They are handled again, in the
 * order in which they came, after `unstashAll()`: when the event being handled is done, so that
 * handlers never run within each other; or at once in a continuation, where none is.
 */
export interface Stash {
  /** Puts `value` aside. */
  stash(value: unknown): void;
  /** Has the events put aside handled again. */
  unstashAll(): void;
  /** How many events are put aside. */
  size(): number;
}

/** `stash => ctx => value => …`: a handler that may put events aside. */
export type StashHandler = (stash: Stash) => Handler;

/** The name under which the events put aside are kept, per key, visible in the debugger. */
const STASH_STATE = '$stash';

/** A task whose handler may put events aside. */
export function stashing(handler: StashHandler): Behaviour {
  expectFunction(handler, 'stash', 'stash => ctx => value => …');
  return new Behaviour('processor', 'ignored', { onNext: (ctx) => handlerOf(ctx, handler) });
}

function handlerOf(ctx: TaskContext, author: StashHandler): (value: unknown) => unknown {
  const state = () => executionOf(ctx).keyState(STASH_STATE, []);
  const events = () => state().get() as unknown[];
  let handling = false;
  let due: unknown[] = [];
  const stash: Stash = {
    stash: (value) => state().set([...events(), value]),
    size: () => events().length,
    unstashAll() {
      due.push(...events());
      state().del();
      if (!handling) handleDue();
    },
  };
  const inner = author(stash)(ctx);
  const handleDue = () => {
    for (let events = due; events.length > 0; events = due) {
      due = [];
      handling = true;
      for (const event of events) inner(event);
      handling = false;
    }
  };
  return (value) => {
    handling = true;
    const result = inner(value);
    handling = false;
    handleDue();
    return result;
  };
}
