import * as z from 'zod/mini';
import { threadArguments } from '../protocol.ts';
import { chooseTarget, stepInTargets } from '../session/scheduling.ts';
import type { Session } from '../session/session.ts';
import { resumeActionOf, type StepCommand } from '../v8/resume-action.ts';
import { type RequestHandler, type RequestTable, request } from './table.ts';

const stepInArguments = z.looseObject({
  threadId: z.optional(z.int()),
  targetId: z.optional(z.int()),
});

/** Resuming, stepping and pausing. */
export const stepping: RequestTable = {
  continue: request(threadArguments, async (session: Session) => {
    await session.resume(resumeActionOf('continue', session.pause));
    return { allThreadsContinued: true };
  }),
  next: step('next'),
  stepIn: request(stepInArguments, async (session, { targetId }) => {
    const begin = () => session.resume(resumeActionOf('stepIn', session.pause));
    if (targetId === undefined) return session.steps.run('stepIn', begin);
    await chooseTarget(session, targetId);
    return begin();
  }),
  stepInTargets: request(z.looseObject({ frameId: z.int() }), async (session, { frameId }) => {
    session.frames.get(frameId);
    return { targets: await stepInTargets(session) };
  }),
  stepOut: step('stepOut'),
  'portals/stepAtom': step('stepAtom'),
  'portals/stepEvent': step('stepEvent'),
  pause: request(threadArguments, (session: Session) => session.requestPause()),
};

/** All threads run or stand together, whichever thread the client names. */
function step(command: Exclude<StepCommand, 'continue'>): RequestHandler {
  const untold = command === 'stepAtom' || command === 'stepEvent' || undefined;
  return request(threadArguments, (session: Session) =>
    session.steps.run(command, () =>
      session.resume(resumeActionOf(command, session.pause), untold),
    ),
  );
}
