/**
 * The parts that the messages of all panels share. Each panel has its own `messages.ts`; both sides
 * validate what they receive, because VS Code may restore a panel that is older than its host.
 */
import * as z from 'zod/mini';
import type { choice } from '../../debug-adapter/protocol.ts';

/** One enabled step, as in the body of `portals/status`. */
export type PanelChoice = z.infer<typeof choice>;

/** The session that a panel shows, if there is one. */
export const session = z.object({
  state: z.enum(['none', 'starting', 'running', 'ended']),
  /** The name of the debug session. */
  name: z.optional(z.string()),
  /** The file name of the program. */
  program: z.optional(z.string()),
  /** The error that prevents the panel from showing anything. */
  problem: z.optional(z.string()),
});
export type PanelSession = z.infer<typeof session>;

const PHASES = {
  boundary: 'between atoms',
  processing: 'processing',
  committing: 'committing',
  recovering: 'recovering',
  complete: 'complete',
} as const;

/** The phase of the simulator, in the same words in panels and status bar. */
export function phaseText({
  phase,
  point,
}: {
  readonly phase: keyof typeof PHASES;
  readonly point?: string | undefined;
}): string {
  // The last passed point is meaningful only while the step commits or recovers.
  const isPassing = phase === 'committing' || phase === 'recovering';
  return isPassing && point !== undefined ? `${PHASES[phase]}: ${point}` : PHASES[phase];
}

/** Starts a session: the open file, an example, or the ended session again. */
export const startMessage = z.object({
  type: z.literal('start'),
  what: z.enum(['file', 'example', 'again']),
});
export type Start = z.infer<typeof startMessage>['what'];

/** An error in the panel, for the extension's log. */
export const failedMessage = z.object({ type: z.literal('failed'), message: z.string() });
