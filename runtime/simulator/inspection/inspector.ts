import { buildTopology, streamEdgeId } from '../../application/build-topology.ts';
import type { Choice } from '../../contracts/choice.ts';
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
import type { Leftover } from '../../contracts/leftovers.ts';
import type { AppError, EventRecord, EventSite } from '../../contracts/notices.ts';
import type { Path } from '../../contracts/paths.ts';
import type { Topology } from '../../contracts/topology.ts';
import { StateHandle } from '../../tasks/state-handle.ts';
import type { TaskRunner } from '../../tasks/task-runner.ts';
import type { EpochRunner } from '../epoch-runner.ts';
import type { Unit } from '../processors/transition.ts';
import type { StepHost } from '../step-host.ts';
import type { Systems } from '../systems.ts';
import { leftovers } from './leftovers.ts';
import { stateHash } from './state-hash.ts';
import { stateEntries, stateNames } from './state-view.ts';

/** Reads a run for the debugger: copies nothing but what it returns, and changes nothing. */
export class RunInspector implements Inspector {
  readonly #runner: EpochRunner;
  readonly #host: StepHost;
  readonly #systems: Systems;

  constructor(runner: EpochRunner, systems: Systems) {
    this.#runner = runner;
    this.#host = runner.host;
    this.#systems = systems;
  }

  status(): Status {
    const { graph, choice, point, phase } = this.#host;
    const event = this.#eventWithoutValue();
    return {
      step: this.#host.stepIndex,
      phase: phase === 'reExecuting' ? 'recovering' : phase,
      attempt: this.#host.attempt,
      ...(choice === undefined ? {} : { choice }),
      ...(point === undefined ? {} : { point }),
      ...(event === undefined ? {} : { event }),
      totals: this.#runner.journal.totals,
      units: record(graph.units, (unit) => [unit.path, this.#stateOf(unit)]),
      queues: this.#queues(),
      portals: record(graph.portals.values(), (portal) => [portal.path, portal.waiting]),
      continuations: Object.fromEntries(
        [...graph.workflows.values()].flatMap((unit) => [
          ...unit.runner.continuations.countByTask(),
        ]),
      ),
      streams: record(graph.streams.values(), (stream) => [stream.path, stream.committed]),
      failures: record(this.#runner.failed.errors, ([path, error]) => [path, error.message]),
      armed: this.#host.faults.armed,
    };
  }

  isReExecuting(): boolean {
    return this.#host.phase === 'reExecuting';
  }

  topology(): Topology {
    return buildTopology(this.#host.graph.applications);
  }

  enabled(): readonly Choice[] {
    return this.#systems.enabled().map((transition) => transition.describe());
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
    return [...this.#host.graph.workflows.values()].flatMap(({ runner: execution }) =>
      execution.continuations.values().map((continuation): Continuation => {
        const { id, task, key, step, callback, site, requests } = continuation;
        return {
          id,
          task,
          key,
          step,
          callback,
          portal: requests.map((request) => request.portal).join(', ') as Path,
          request:
            requests.length === 1 ? requests[0]?.value : requests.map((request) => request.value),
          uncommitted: execution.continuations.isUncommitted(continuation),
          ...(site === undefined ? {} : { site }),
        };
      }),
    );
  }

  leftovers(count: number): Page<Leftover> {
    return leftovers(this.#host.graph, count);
  }

  stream(path: Path, start: number, count: number): Page<EventRecord & { readonly atom: number }> {
    const stream = this.#host.graph.streams.get(path);
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
    const { log } = this.#runner.journal;
    return { start, total: log?.length ?? 0, items: log?.slice(start, count) ?? [] };
  }

  choices(): readonly Choice[] {
    return this.#runner.journal.log?.choices ?? [];
  }

  event(): EventSite | undefined {
    return this.#host.event;
  }

  uncommitted(): {
    readonly task: Path;
    readonly kind: 'emit' | 'ask' | 'reply';
    readonly value: unknown;
  }[] {
    const { requests, replies } = this.#host.effects;
    const emitted = this.#tasks().flatMap((task) =>
      task
        .emitted()
        .values.map((value) => ({ task: task.spec.path, kind: 'emit' as const, value })),
    );
    return [
      ...emitted,
      ...requests.map(({ task, value }) => ({ task, kind: 'ask' as const, value })),
      ...replies.map(({ request, value }) => ({
        task: request.portal,
        kind: 'reply' as const,
        value,
      })),
    ];
  }

  errors(): readonly AppError[] {
    return [...this.#runner.failed.errors.values()];
  }

  stateHash(): string {
    return stateHash(this.#host.graph);
  }

  #tasks(): TaskRunner[] {
    const { workflows } = this.#host.graph;
    return [...workflows.values()].flatMap(({ runner: execution }) => [...execution.tasks]);
  }

  #eventWithoutValue(): Omit<EventSite, 'key' | 'value'> | undefined {
    const { event } = this.#host;
    if (event === undefined) return undefined;
    const { step, unit, task, cause, index, count } = event;
    return { step, unit, task, cause, index, count };
  }

  #stateOf(unit: Unit): UnitState {
    const { crashed, phase, choice } = this.#host;
    if (crashed === unit.path) return 'crashed';
    if (this.#runner.failed.errors.has(unit.path)) return 'failed';
    if (unit.sealed) return this.#sealedByError(unit) ? 'failed' : 'sealed';
    if (choice?.unit !== unit.path) return 'idle';
    if (phase === 'recovering') return 'recovering';
    return phase === 'boundary' ? 'idle' : 'running';
  }

  #sealedByError(unit: Unit): boolean {
    const stream = this.#host.graph.streams.get(`${unit.path}/stream` as Path);
    return stream?.at(stream.length - 1)?.failure !== undefined;
  }

  #queues(): Record<string, number> {
    const queues: Record<string, number> = {};
    for (const stream of this.#host.graph.streams.values()) {
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
