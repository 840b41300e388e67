import type { Path } from './paths.ts';

/**
 * One enabled step: `unit` processes one atom. Where a unit has several inputs, `input` and `peer`
 * identify the one it reads: the stream of a sequencer or workflow, or the portal and the workflow
 * of a batch of requests or replies.
 */
export interface Choice {
  readonly unit: Path;
  readonly action: 'generate' | 'atom' | 'seal' | 'requests' | 'replies';
  /** The stream or portal read from; absent for a generator. */
  readonly input?: Path;
  /** The asking workflow of a batch of requests, or the portal of a batch of replies. */
  readonly peer?: Path;
  /** Stable text for users, traces and `portals/choose`, unique among the enabled choices. */
  readonly label: string;
}
