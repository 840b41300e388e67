import type { Host } from '../panel/host.ts';
import type { ViewportTransform } from './diagram/viewport.ts';
import type { hostMessage, PanelDirection, PanelMessage } from './messages.ts';

/** The panel state that survives hiding the panel and reloading the window. */
export interface PersistedTopologyState {
  /** The diagram that `viewport` belongs to; an empty key fits the diagram to the panel. */
  readonly key: string;
  readonly viewport: ViewportTransform;
  readonly legend: boolean;
  readonly direction: PanelDirection;
}

export type TopologyHost = Host<typeof hostMessage, PanelMessage, PersistedTopologyState>;
