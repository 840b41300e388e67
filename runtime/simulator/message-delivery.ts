import type { Path } from '../contracts/paths.ts';
import type { StepEffects } from '../tasks/execution-host.ts';
import type { Reply, Request } from '../tasks/messages.ts';
import type { PortalMailbox } from './processors/portal-mailbox.ts';

/**
 * Puts what a step asked and replied into the portals' mailboxes: one batch for each portal and
 * asking workflow, in the order of asking and replying.
 */
export function deliver(effects: StepEffects, portals: ReadonlyMap<Path, PortalMailbox>): void {
  if (effects.requests.length > 0) {
    for (const requests of byPortalAndAsker(effects.requests, (request) => request)) {
      const { portal, workflow } = requests[0];
      portals.get(portal)?.putRequests(workflow, requests);
    }
  }
  if (effects.replies.length > 0) {
    for (const replies of byPortalAndAsker(effects.replies, (reply: Reply) => reply.request)) {
      const { request } = replies[0];
      portals.get(request.portal)?.putReplies(request.workflow, replies);
    }
  }
}

type NonEmpty<Item> = [Item, ...Item[]];

/** Groups what belongs to requests by portal and asking workflow; no group is empty. */
export function byPortalAndAsker<Item>(
  items: readonly Item[],
  requestOf: (item: Item) => Request,
): NonEmpty<Item>[] {
  if (items.length === 1) return [items as NonEmpty<Item>];
  const groups: NonEmpty<Item>[] = [];
  for (const item of items) {
    const { portal, workflow } = requestOf(item);
    const group = groups.find(([first]) => {
      const known = requestOf(first);
      return known.portal === portal && known.workflow === workflow;
    });
    if (group === undefined) groups.push([item]);
    else group.push(item);
  }
  return groups;
}
