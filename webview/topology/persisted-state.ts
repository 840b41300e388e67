import type { Host } from '../panel/host.ts';
import type { ViewportPlace } from './diagram/viewport.ts';
import type { hostMessage, PanelDirection, PanelMessage } from './messages.ts';

/** What the panel remembers while it is hidden, and across a reload of the window. */
export interface TopologyMemory {
  /** Where the person left the picture of this key; without a key it fits the panel. */
  readonly key: string;
  readonly place: ViewportPlace;
  readonly legend: boolean;
  readonly direction: PanelDirection;
}

export type TopologyHost = Host<typeof hostMessage, PanelMessage, TopologyMemory>;
