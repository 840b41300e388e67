/**
 * Every way a request can fail, with the number DAP wants. A code is stable; the message of an
 * {@link AdapterError} says what happened and what to do.
 */
const ERROR_IDS = {
  BAD_REQUEST: 1001,
  UNKNOWN_REQUEST: 1002,
  NOT_LAUNCHED: 1003,
  ALREADY_LAUNCHED: 1004,
  NOT_STOPPED: 1005,
  ENDED: 1006,
  STALE_REFERENCE: 1007,
  UNSUPPORTED: 1008,
  INTERNAL: 1009,
  PROGRAM_NOT_LOADED: 2001,
  PROGRAM_THREW: 2002,
  EVALUATION_FAILED: 2003,
  UNKNOWN_TARGET: 2004,
  NOT_DEBUGGING: 2005,
  NOT_REPEATED: 2006,
  CANCELLED: 2007,
} as const;

export type AdapterErrorCode = keyof typeof ERROR_IDS;

/** An error that becomes the response to a request. */
export class AdapterError extends Error {
  readonly code: AdapterErrorCode;
  /** Whether the client should put it before the user rather than log it. */
  readonly showUser: boolean;

  constructor(code: AdapterErrorCode, message: string, showUser = false) {
    super(message);
    this.name = 'AdapterError';
    this.code = code;
    this.showUser = showUser;
  }

  get id(): number {
    return ERROR_IDS[this.code];
  }
}

/** A later request superseded this one, or the session ended. */
export function supersededError(): AdapterError {
  return new AdapterError('ENDED', 'the session has been ended');
}

/** What is asked for can be had only while the program stands still. */
export function notPausedError(): AdapterError {
  return new AdapterError('NOT_STOPPED', 'the program is running; pause it first');
}

/** The answer to a request that the client has cancelled; the word is the protocol's. */
export function cancelledError(): AdapterError {
  return new AdapterError('CANCELLED', 'cancelled');
}

/** Any thrown value as an {@link AdapterError}; what is none yet is a fault of the adapter. */
export function asAdapterError(thrown: unknown): AdapterError {
  if (thrown instanceof AdapterError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AdapterError('INTERNAL', message);
}
