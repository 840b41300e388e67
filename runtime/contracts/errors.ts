import { type CallSite, captureCallSite } from './call-site.ts';
import type { Path } from './paths.ts';

/** Every error the model reports, by its stable code. */
export type ErrorCode =
  | 'PORTALS_DUPLICATE_PATH'
  | 'PORTALS_DUPLICATE_APPLICATION'
  | 'PORTALS_APPLICATION_BUILT'
  | 'PORTALS_PORTAL_WITHOUT_REPLIER'
  | 'PORTALS_PORTAL_WITH_SEVERAL_REPLIERS'
  | 'PORTALS_UNKNOWN_PATH'
  | 'PORTALS_WORKFLOW_INCOMPLETE'
  | 'PORTALS_WORKFLOW_FROZEN'
  | 'PORTALS_WORKFLOW_CYCLE'
  | 'PORTALS_SPLITTER_CYCLE'
  | 'PORTALS_LIVELOCK'
  | 'PORTALS_EMITTED_AFTER_SEAL'
  | 'PORTALS_WRONG_KIND'
  | 'PORTALS_PORTAL_NOT_CONNECTED'
  | 'PORTALS_NOT_ANSWERING'
  | 'PORTALS_NO_VALUE_YET'
  | 'PORTALS_HANDLER_THREW'
  | 'PORTALS_HANDLER_ASYNC'
  | 'PORTALS_HANDLER_REENTERED'
  | 'PORTALS_NOT_COPYABLE'
  | 'PORTALS_VALUE_TOO_DEEP'
  | 'PORTALS_BAD_KEY'
  | 'PORTALS_ACTOR_EXISTS'
  | 'PORTALS_NOT_AN_APPLICATION'
  | 'PORTALS_UNKNOWN_CHOICE'
  | 'PORTALS_NOT_EDITABLE'
  | 'PORTALS_LINEAGE_TOO_LONG'
  | 'PORTALS_UNKNOWN_STATE'
  | 'PORTALS_CONTEXT_OUTSIDE_HANDLER'
  | 'PORTALS_REFUSED_GLOBAL'
  | 'PORTALS_BUILTIN_OVERRIDDEN';

/**
 * An error of the author's program against the model. `message` says what happened, where (path)
 * and what to do about it; `site` is the position of the builder call or of the throwing code.
 */
export class PortalsError extends Error {
  readonly code: ErrorCode;
  readonly path: Path | undefined;
  readonly site: CallSite | undefined;
  /** The builder call that came first, where two are in each other's way. */
  readonly first: CallSite | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    where: { path?: Path; site?: CallSite; first?: CallSite } = {},
  ) {
    super(message);
    this.name = 'PortalsError';
    this.code = code;
    this.path = where.path;
    this.site = where.site ?? captureCallSite();
    this.first = where.first;
  }
}
