import type { TaskSpec, Upstream, WorkflowSpec } from '../application/application.ts';
import type { Operator } from '../application/operator.ts';
import type { StreamReference } from '../application/references.ts';
import type { CallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { type Path, path } from '../contracts/paths.ts';
import type { ExpectOutsideHandler } from './outside-handlers.ts';

/** A task of a workflow that is still being built. */
export interface TaskDraft {
  name: string;
  operator: Operator;
  readonly inputs: readonly Upstream[];
  readonly site: CallSite | undefined;
}

/** A workflow still being built: tasks are added after earlier ones, so there is no cycle. */
export class WorkflowDraft {
  readonly path: Path;
  readonly site: CallSite | undefined;
  readonly tasks: TaskDraft[] = [];
  readonly sink: Upstream[] = [];
  source: StreamReference | undefined;
  frozen = false;
  readonly #expectOutsideHandler: ExpectOutsideHandler;

  constructor(
    at: { readonly path: Path; readonly site: CallSite | undefined },
    expectOutsideHandler: ExpectOutsideHandler,
  ) {
    this.#expectOutsideHandler = expectOutsideHandler;
    this.path = at.path;
    this.site = at.site;
  }

  /** Adds a task and returns its index. */
  add(task: TaskDraft): number {
    this.expectOpen();
    return this.tasks.push(task) - 1;
  }

  /** @throws PortalsError PORTALS_WORKFLOW_FROZEN, PORTALS_HANDLER_REENTERED */
  expectOpen(): void {
    this.#expectOutsideHandler(`the builder of ${this.path}`);
    if (!this.frozen) return;
    throw new PortalsError(
      'PORTALS_WORKFLOW_FROZEN',
      `the workflow ${this.path} is frozen; add its tasks before freeze()`,
      { path: this.path },
    );
  }

  /**
   * Ends the building.
   *
   * @throws PortalsError PORTALS_WORKFLOW_INCOMPLETE, PORTALS_DUPLICATE_PATH
   */
  freeze(): void {
    this.#expectOutsideHandler(`freeze() of ${this.path}`);
    if (this.frozen) return;
    if (this.source === undefined) throw this.incomplete('has no source', '.source(stream)');
    if (this.sink.length === 0) throw this.incomplete('has no sink', '.sink()');
    this.expectDistinctNames();
    this.frozen = true;
  }

  /** The frozen workflow as data. */
  spec(): WorkflowSpec {
    const { source } = this;
    if (source === undefined) throw this.incomplete('has no source', '.source(stream)');
    // Written out, because V8 compiles a hot loop for the shape of what it reads, and a spread may
    // give every object a shape of its own.
    const tasks = this.tasks.map(({ name, operator, inputs, site }): TaskSpec => {
      const { asks, repliesTo } = operator.portals;
      return { name, operator, inputs, asks, repliesTo, site, path: path(this.path, name) };
    });
    return { path: this.path, site: this.site, source, tasks, sink: [...this.sink] };
  }

  private incomplete(what: string, remedy: string): PortalsError {
    return new PortalsError(
      'PORTALS_WORKFLOW_INCOMPLETE',
      `the workflow ${this.path} ${what}; call ${remedy} on it`,
      this.site === undefined ? { path: this.path } : { path: this.path, site: this.site },
    );
  }

  private expectDistinctNames(): void {
    const names = new Set<string>();
    for (const { name, site } of this.tasks) {
      const own = path(this.path, name);
      if (names.has(name) || name === 'stream') {
        throw new PortalsError(
          'PORTALS_DUPLICATE_PATH',
          `two elements have the path ${own}; give one of the tasks another name`,
          site === undefined ? { path: own } : { path: own, site },
        );
      }
      names.add(name);
    }
  }
}
