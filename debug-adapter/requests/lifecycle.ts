import * as z from 'zod/mini';
import { AdapterError } from '../dap/errors.ts';
import { readLaunch } from '../session/launch.ts';
import type { Session } from '../session/session.ts';
import { CAPABILITIES } from './capabilities.ts';
import { type RequestTable, request } from './table.ts';

const anything = z.looseObject({});

const initializeArguments = z.looseObject({
  clientID: z.optional(z.string()),
  linesStartAt1: z.optional(z.boolean()),
  columnsStartAt1: z.optional(z.boolean()),
  pathFormat: z.optional(z.string()),
  supportsANSIStyling: z.optional(z.boolean()),
  supportsInvalidatedEvent: z.optional(z.boolean()),
  supportsProgressReporting: z.optional(z.boolean()),
});

/** From the first request of a session to its last. */
export const lifecycle: RequestTable = {
  initialize: request(initializeArguments, (session, args) => {
    if (args.linesStartAt1 === false || args.columnsStartAt1 === false) {
      throw new AdapterError('UNSUPPORTED', 'lines and columns are counted from 1 here');
    }
    if (args.pathFormat !== undefined && args.pathFormat !== 'path') {
      throw new AdapterError('UNSUPPORTED', `paths as '${args.pathFormat}' are not supported`);
    }
    session.client.clearsConsole = args.supportsANSIStyling ?? false;
    session.client.readsAgain = args.supportsInvalidatedEvent ?? false;
    session.client.startsAt0 = args.clientID === 'vscode';
    session.progress.visible = args.supportsProgressReporting ?? false;
    return CAPABILITIES;
  }),

  launch: async (session, args) => {
    const launch = readLaunch(args);
    if (launch.logFile !== undefined) writeLog(session, launch.logFile);
    await session.prepare(launch);
    await session.launching.configured;
    await session.begin();
  },

  attach: async () => {
    throw new AdapterError('UNSUPPORTED', "use 'launch': the debugger runs the program itself");
  },

  configurationDone: request(anything, (session) => session.launching.configurationIsDone()),

  restart: request(z.looseObject({ arguments: z.optional(z.unknown()) }), async (session, args) => {
    const changed = args.arguments === undefined ? undefined : readLaunch(args.arguments);
    await session.restart(changed ?? session.execution.launch);
  }),

  terminate: request(anything, (session) => session.terminate()),

  disconnect: request(anything, (session) => session.terminate()),
};

/** @throws AdapterError when the file cannot be written. */
function writeLog(session: Session, file: string): void {
  try {
    session.log.writeTo(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AdapterError('BAD_REQUEST', `'logFile' cannot be written: ${why}`, true);
  }
}
