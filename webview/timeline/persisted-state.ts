import type { Host } from '../panel/host.ts';
import type { hostMessage, PanelMessage } from './messages.ts';

/** The panel state that survives hiding the panel and reloading the window. */
export interface PersistedTimelineState {
  /** The visible range that the user chose; absent while the view follows the position. */
  readonly viewRange: { readonly start: number; readonly stepWidth: number } | undefined;
  readonly legend: boolean;
}

export type TimelineHost = Host<typeof hostMessage, PanelMessage, PersistedTimelineState>;
