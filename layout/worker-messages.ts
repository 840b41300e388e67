import type { Topology } from '../runtime/index.ts';
import type { Direction, Layout } from './geometry.ts';

/** Requests a layout from the worker; the response has the same `id`. */
export interface LayoutRequest {
  readonly id: number;
  readonly topology: Topology;
  readonly direction: Direction;
}

export type LayoutResponse =
  | { readonly id: number; readonly layout: Layout }
  | { readonly id: number; readonly error: string };
