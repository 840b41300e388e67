import type { Path } from '../../contracts/paths.ts';
import type { ExecutionHost } from '../execution-host.ts';
import type { PortalClient } from '../portal-client.ts';
import type { StateScope } from '../state-handle.ts';
import { StateStore } from '../state-store.ts';

/**
 * Makes the store of one state of a task. Where attempts may be aborted, it records what they do to
 * the state, so that they can be compared.
 */
export function makeStateStore(
  host: ExecutionHost,
  { stateObserver }: PortalClient,
  {
    task,
    state,
    scope,
  }: { readonly task: Path; readonly state: string; readonly scope: StateScope },
): StateStore {
  if (!host.recordsActivations) return new StateStore(host.epoch);
  return new StateStore(host.epoch, {
    onAccess: (store, key) => stateObserver?.onAccess(store, key),
    onWrite(store, key, written) {
      const shownKey = scope === 'key' ? key : undefined;
      host.trace?.addWrite(store, key, { task, state, key: shownKey, ...written });
    },
  });
}
