import type { Host } from '../panel/host.ts';
import type { hostMessage, PanelMessage } from './messages.ts';

/** What the panel remembers while it is hidden, and across a reload of the window. */
export interface TimelineMemory {
  /** Where the person left the view; absent while it follows the present. */
  readonly place: { readonly start: number; readonly stepWidth: number } | undefined;
  readonly legend: boolean;
}

export type TimelineHost = Host<typeof hostMessage, PanelMessage, TimelineMemory>;
