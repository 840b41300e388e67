import type {
  ConnectionSpec,
  GeneratorSpec,
  PortalSpec,
  SequencerSpec,
  SplitSpec,
  SplitterSpec,
} from '../application/application.ts';
import { type CallSite, captureCallSite } from '../contracts/call-site.ts';
import { PortalsError } from '../contracts/errors.ts';
import { type Path, path } from '../contracts/paths.ts';
import type { ExpectOutsideHandler } from './outside-handlers.ts';
import type { WorkflowDraft } from './workflow-draft.ts';

/** What one application builder has registered so far. */
export class Registration {
  readonly path: Path;
  readonly expectOutsideHandler: ExpectOutsideHandler;
  readonly generators: GeneratorSpec[] = [];
  readonly workflows: WorkflowDraft[] = [];
  readonly sequencers: SequencerSpec[] = [];
  readonly splitters: SplitterSpec[] = [];
  readonly splits: SplitSpec[] = [];
  readonly connections: ConnectionSpec[] = [];
  readonly portals: PortalSpec[] = [];
  built = false;
  private readonly sites = new Map<Path, CallSite | undefined>();
  private unnamed = 0;

  constructor(name: string, expectOutsideHandler: ExpectOutsideHandler) {
    this.path = path('', name);
    this.expectOutsideHandler = expectOutsideHandler;
  }

  /** `name`, or the next of `$1`, `$2`, … */
  nameOr(name: string | undefined): string {
    return name ?? this.freshName();
  }

  freshName(): string {
    this.unnamed += 1;
    return `$${this.unnamed}`;
  }

  /**
   * Claims the path `parts` below the application for an element made at the calling site.
   *
   * @throws PortalsError PORTALS_DUPLICATE_PATH, PORTALS_APPLICATION_BUILT
   */
  claim(...parts: string[]): { readonly path: Path; readonly site: CallSite | undefined } {
    const claimed = path(this.path, ...parts);
    this.expectOutsideHandler(`the builder of ${this.path}`);
    const site = captureCallSite();
    if (this.built) {
      throw new PortalsError(
        'PORTALS_APPLICATION_BUILT',
        `the application ${this.path} is built already, without ${claimed}; ` +
          'add all its elements before build()',
        { path: claimed },
      );
    }
    if (this.sites.has(claimed)) {
      const first = this.sites.get(claimed);
      throw new PortalsError(
        'PORTALS_DUPLICATE_PATH',
        `two elements have the path ${claimed}; give one of them another name`,
        { path: claimed, ...(first && { first }) },
      );
    }
    this.sites.set(claimed, site);
    return { path: claimed, site };
  }
}
