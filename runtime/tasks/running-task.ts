import type { HandlerContext, MarkerHandler } from '../application/handlers.ts';
import type { PortalReference } from '../application/references.ts';
import type { Path } from '../contracts/paths.ts';
import type { Batch } from '../values/batch.ts';
import type { HandlerOwner } from './handler-results.ts';
import type { EventPosition, Loops } from './loops.ts';
import type { MapResults } from './map-results.ts';
import type { Request } from './messages.ts';
import type { StateHandle } from './state-handle.ts';

/**
 * A task while its handlers run, as operators and contexts see it: they emit, read and write state,
 * and exchange messages through it.
 */
export interface RunningTask extends EventPosition {
  readonly spec: HandlerOwner;
  readonly workflow: Path;
  readonly context: HandlerContext;
  /** The loops that run this task's handlers at full speed. */
  readonly loops: Loops;

  /** Begins a batch of events with or without own keys; what is emitted is collected. */
  open(keyed: boolean): void;
  /** As `open`, for events that imply their keys by their values and are emitted as they are. */
  openImplied(): Batch;
  /** As `open`, for a map, whose results are `mapped`. */
  openMap(keyed: boolean, mapped: MapResults): void;
  /** The batch in which what is emitted is collected. */
  output(): Batch;
  /** What the handlers have emitted since `open`. */
  emitted(): Batch;

  /** The key of the event being handled. */
  currentKey(): unknown;
  emit(value: unknown): void;
  /** Emits each item, as `flatMap` does. */
  emitAll(items: unknown): void;
  /** Emits `value` under another key. */
  emitKeyed(key: unknown, value: unknown): void;
  /** Passes what `run` emits, now or in continuations it registers, to `into` instead. */
  pipe(run: () => unknown, into: (value: unknown) => unknown): void;
  /** Runs a part of a handler to its end before the events it wants reprocessed. */
  deferReprocessing(run: () => void): void;
  /** Handles events again: now, or at the end of `deferReprocessing`. */
  reprocess(events: readonly unknown[], putBack: (rest: readonly unknown[]) => void): void;

  /** The value under `name` and the current key, or `initial`. */
  keyState(name: unknown, initial?: unknown): StateHandle;
  /** The task's value under `name`, or `initial`. */
  taskState(name: unknown, initial?: unknown): StateHandle;
  /** Deletes all state under the current key. */
  deleteKey(): void;

  log(...values: unknown[]): void;
  ask(portal: PortalReference, request: unknown): Request;
  await(requests: readonly Request[], continuation: MarkerHandler): void;
  reply(value: unknown): void;
  /** The reply to `request`, once it has come. */
  replyValue(request: Request): unknown;
}
