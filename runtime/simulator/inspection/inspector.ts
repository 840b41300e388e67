import { buildTopology, streamEdgeId } from '../../application/build-topology.ts';
import type { Choice } from '../../contracts/choice.ts';
import { type Fault, formatFault } from '../../contracts/fault.ts';
import type {
  Continuation,
  HistoryEntry,
  Inspector,
  Page,
  StateEntry,
  StateName,
  StateQuery,
  Status,
  UnitState,
} from '../../contracts/inspection.ts';
import type { AppError, EventRecord, EventSite } from '../../contracts/notices.ts';
import type { Path } from '../../contracts/paths.ts';
import type { Topology } from '../../contracts/topology.ts';
import { StateHandle } from '../../tasks/state-handle.ts';
import type { TaskRunner } from '../../tasks/task-runner.ts';
import type { Engine } from '../engine.ts';
import type { Unit } from '../processors/transition.ts';
import { stateEntries, stateHash, stateNames } from './state-view.ts';

/** Reads an engine for the debugger: copies nothing but what it returns, and changes nothing. */
export class EngineInspector implements Inspector {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  status(): Status {
    const engine = this.#engine;
    const { graph: universe, choice, point } = engine;
    const event = this.#eventWithoutValue();
    return {
      step: engine.stepIndex,
      phase: engine.phase === 'rehearsing' ? 'recovering' : engine.phase,
      attempt: engine.attempt,
      ...(choice === undefined ? {} : { choice }),
      ...(point === undefined ? {} : { point }),
      ...(event === undefined ? {} : { event }),
      totals: engine.journal.totals,
      units: record(universe.units, (unit) => [unit.path, this.#stateOf(unit)]),
      queues: this.#queues(),
      portals: record(universe.portals.values(), (portal) => [portal.path, portal.waiting]),
      continuations: Object.fromEntries(
        [...universe.workflows.values()].flatMap((unit) => [
          ...unit.runner.continuations.countByTask(),
        ]),
      ),
      streams: record(universe.streams.values(), (stream) => [stream.path, stream.committed]),
      failures: record(engine.failures, ([path, error]) => [path, error.message]),
      armed: engine.faults.armed.map(formatFault),
    };
  }

  isReExecuting(): boolean {
    return this.#engine.phase === 'rehearsing';
  }

  topology(): Topology {
    return buildTopology(this.#engine.graph.applications);
  }

  enabled(): readonly Choice[] {
    return this.#engine.systems.enabled().map((move) => move.describe());
  }

  stateOf(value: object): { readonly scope: string; readonly value: unknown } | undefined {
    return StateHandle.peek(value);
  }

  state(query: StateQuery): Page<StateEntry> {
    const tasks = this.#tasks().filter(
      (task) => query.task === undefined || task.spec.path === query.task,
    );
    const { start = 0, count = 100 } = query;
    return stateEntries(tasks, query, start, count);
  }

  stateNames(): readonly StateName[] {
    return stateNames(this.#tasks());
  }

  continuations(): readonly Continuation[] {
    return [...this.#engine.graph.workflows.values()].flatMap(({ runner: execution }) =>
      execution.continuations.values().map((suspension): Continuation => {
        const { id, task, key, step, callback, site, requests: asks } = suspension;
        return {
          id,
          task,
          key,
          step,
          callback,
          portal: asks.map((ask) => ask.portal).join(', ') as Path,
          request: asks.length === 1 ? asks[0]?.value : asks.map((ask) => ask.value),
          uncommitted: execution.continuations.isUncommitted(suspension),
          ...(site === undefined ? {} : { site }),
        };
      }),
    );
  }

  stream(path: Path, start: number, count: number): Page<EventRecord & { readonly atom: number }> {
    const stream = this.#engine.graph.streams.get(path);
    if (stream === undefined) return { start, total: 0, items: [] };
    const items: (EventRecord & { readonly atom: number })[] = [];
    const end = Math.min(stream.length, start + count);
    for (let index = Math.max(start, stream.first); index < end; index++) {
      const batch = stream.at(index)?.batch;
      for (let at = 0; batch !== undefined && at < batch.length; at++) {
        items.push({ atom: index, key: batch.key(at), value: batch.values[at] });
      }
    }
    return { start: Math.max(start, stream.first), total: stream.length, items };
  }

  history(start: number, count: number): Page<HistoryEntry> {
    const { log } = this.#engine.journal;
    return { start, total: log?.length ?? 0, items: log?.slice(start, count) ?? [] };
  }

  choices(): readonly Choice[] {
    return this.#engine.journal.log?.choices ?? [];
  }

  event(): EventSite | undefined {
    return this.#engine.event;
  }

  uncommitted(): {
    readonly task: Path;
    readonly kind: 'emit' | 'ask' | 'reply';
    readonly value: unknown;
  }[] {
    const { requests: asks, replies } = this.#engine.effects;
    const emitted = this.#tasks().flatMap((task) =>
      task
        .emitted()
        .values.map((value) => ({ task: task.spec.path, kind: 'emit' as const, value })),
    );
    return [
      ...emitted,
      ...asks.map(({ task, value }) => ({ task, kind: 'ask' as const, value })),
      ...replies.map(({ request: ask, value }) => ({
        task: ask.portal,
        kind: 'reply' as const,
        value,
      })),
    ];
  }

  armedFaults(): readonly Fault[] {
    return this.#engine.faults.armed;
  }

  errors(): readonly AppError[] {
    return [...this.#engine.failures.values()];
  }

  stateHash(): string {
    return stateHash(this.#engine.graph);
  }

  #tasks(): TaskRunner[] {
    const { workflows } = this.#engine.graph;
    return [...workflows.values()].flatMap(({ runner: execution }) => [...execution.tasks]);
  }

  #eventWithoutValue(): Omit<EventSite, 'key' | 'value'> | undefined {
    const { event } = this.#engine;
    if (event === undefined) return undefined;
    const { step, unit, task, cause, index, count } = event;
    return { step, unit, task, cause, index, count };
  }

  #stateOf(unit: Unit): UnitState {
    const { crashed, phase, choice, failures } = this.#engine;
    if (crashed === unit.path) return 'crashed';
    if (failures.has(unit.path)) return 'failed';
    if (unit.sealed) return this.#sealedByError(unit) ? 'failed' : 'sealed';
    if (choice?.unit !== unit.path) return 'idle';
    if (phase === 'recovering') return 'recovering';
    return phase === 'boundary' ? 'idle' : 'running';
  }

  #sealedByError(unit: Unit): boolean {
    const stream = this.#engine.graph.streams.get(`${unit.path}/stream` as Path);
    return stream?.at(stream.length - 1)?.failure !== undefined;
  }

  #queues(): Record<string, number> {
    const queues: Record<string, number> = {};
    for (const stream of this.#engine.graph.streams.values()) {
      for (const reader of stream.readers) {
        queues[streamEdgeId(stream.path, reader.consumer)] = reader.waiting;
      }
    }
    return queues;
  }
}

function record<Item, Value>(
  items: Iterable<Item>,
  entry: (item: Item) => readonly [string, Value],
): Record<string, Value> {
  return Object.fromEntries([...items].map(entry));
}
