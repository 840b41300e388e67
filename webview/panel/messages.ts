/**
 * What the messages of all panels have in common. Each panel has its own `messages.ts`; both sides
 * check what they receive, because a panel that VS Code restores may be older than its host.
 */
import * as z from 'zod/mini';

/** One enabled step, as `portals/status` tells it. */
export const choice = z.object({
  unit: z.string(),
  action: z.enum(['generate', 'atom', 'seal', 'requests', 'replies']),
  input: z.optional(z.string()),
  peer: z.optional(z.string()),
  label: z.string(),
});
export type PanelChoice = z.infer<typeof choice>;

/** What a panel is about: nothing yet, an app that starts, runs, or has ended. */
export const session = z.object({
  state: z.enum(['none', 'starting', 'running', 'ended']),
  /** The name of the debug session. */
  name: z.optional(z.string()),
  /** What went wrong, if there is nothing to show for it. */
  problem: z.optional(z.string()),
});
export type PanelSession = z.infer<typeof session>;

/** Get an app to run: the open file, an example, or the one that has ended. */
export const startMessage = z.object({
  type: z.literal('start'),
  what: z.enum(['file', 'example', 'again']),
});
export type Start = z.infer<typeof startMessage>['what'];

/** The panel failed; for the extension's log. */
export const failedMessage = z.object({ type: z.literal('failed'), message: z.string() });
