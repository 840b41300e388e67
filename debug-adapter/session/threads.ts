import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Path, Topology } from '../../runtime/index.ts';
import { elementLabel } from '../inspection/labels.ts';

/** The thread of generators, sequencers, splitters and of the program itself. */
const SCHEDULER = 1;

/** One thread per workflow, in order of launch, and the scheduler's. Ids are never reused. */
export class Threads {
  private readonly workflows: Path[] = [];

  /** Adds what is new; returns the ids of the threads added. */
  update(topology: Topology): readonly number[] {
    const known = new Set(this.workflows);
    const found = topology.nodes.filter(
      ({ kind, path }) => kind === 'workflow' && !known.has(path),
    );
    for (const { path } of found) this.workflows.push(path);
    return found.map(({ path }) => this.idOf(path));
  }

  /** The thread that does the work of `unit`. */
  idOf(unit: string | undefined): number {
    const index = this.workflows.indexOf(unit as Path);
    return index < 0 ? SCHEDULER : SCHEDULER + 1 + index;
  }

  /** The workflow of a thread; `undefined` for the scheduler and for what is no thread. */
  workflowOf(threadId: number): Path | undefined {
    return this.workflows[threadId - SCHEDULER - 1];
  }

  has(threadId: number): boolean {
    return threadId === SCHEDULER || this.workflowOf(threadId) !== undefined;
  }

  list(): DebugProtocol.Thread[] {
    const applications = new Set(this.workflows.map(applicationOf));
    const workflows = this.workflows.map((path) => {
      const name = elementLabel(path);
      const whole = applications.size > 1 ? `${applicationOf(path)}: ${name}` : name;
      return { id: this.idOf(path), name: whole };
    });
    return [{ id: SCHEDULER, name: 'scheduler' }, ...workflows];
  }
}

function applicationOf(path: Path): string {
  return path.split('/')[1] ?? path;
}
