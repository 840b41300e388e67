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
    for (const asks of byPortalAndAsker(effects.requests, (ask) => ask)) {
      const { portal, workflow } = asks[0];
      portals.get(portal)?.putRequests(workflow, asks);
    }
  }
  if (effects.replies.length > 0) {
    for (const replies of byPortalAndAsker(effects.replies, (reply: Reply) => reply.request)) {
      const { request: ask } = replies[0];
      portals.get(ask.portal)?.putReplies(ask.workflow, replies);
    }
  }
}

type NonEmpty<Item> = [Item, ...Item[]];

/** Groups what belongs to asks by their portal and asking workflow; none of the groups is empty. */
export function byPortalAndAsker<Item>(
  items: readonly Item[],
  askOf: (item: Item) => Request,
): NonEmpty<Item>[] {
  if (items.length === 1) return [items as NonEmpty<Item>];
  const groups: NonEmpty<Item>[] = [];
  for (const item of items) {
    const { portal, workflow } = askOf(item);
    const group = groups.find(([first]) => {
      const known = askOf(first);
      return known.portal === portal && known.workflow === workflow;
    });
    if (group === undefined) groups.push([item]);
    else group.push(item);
  }
  return groups;
}
