import type { Topology } from '../runtime/index.ts';
import type { Direction, Layout } from './geometry.ts';

/** Asks the layout worker for one layout; `id` comes back with the answer. */
export interface LayoutRequest {
  readonly id: number;
  readonly topology: Topology;
  readonly direction: Direction;
}

export type LayoutAnswer =
  | { readonly id: number; readonly layout: Layout }
  | { readonly id: number; readonly error: string };
