import type * as api from '../../contracts/authors-api.ts';
import type { StateHandle } from '../../tasks/state-handle.ts';
import { init, receive, same, stopped } from './behaviour.ts';
import { message } from './messages.ts';
import { reference } from './reference.ts';
import { MapState } from './state.ts';
import { actorWorkflow } from './workflow.ts';

export { taskContextOf } from './context.ts';

/** Gives the state of `name` under the key of the event that `ctx` is for. */
type PerKeyState = <Value>(
  name: unknown,
  initial: Value,
  ctx: unknown,
) => StateHandle<api.Settable<Value>>;

/**
 * `PortalsJS.Actors`: actors on top of the model. An actor is a key of a workflow's task, its
 * mailbox a cycle of streams; so actors are exactly-once, deterministic and debugged like the rest.
 */
export function actorLibrary(perKeyState: PerKeyState): api.Actors {
  return Object.freeze({
    ActorWorkflow: actorWorkflow,
    receive,
    init,
    same,
    stopped,
    ref: reference,
    message,
    /** A value of the actor, kept under its key as long as it lives. */
    ValueState: perKeyState,
    /** A map of the actor. */
    MapState: <Key, Value>(name: unknown, ctx: unknown) => {
      const handle = perKeyState(name, new Map<Key, Value>(), ctx);
      return new MapState(handle as StateHandle<Map<Key, Value>>);
    },
  });
}
