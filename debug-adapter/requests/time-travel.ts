import * as z from 'zod/mini';
import type { BackStep } from '../../host/index.ts';
import type { Session } from '../session.ts';
import { type RequestHandler, type RequestTable, request } from './table.ts';

const threadArguments = z.looseObject({ threadId: z.optional(z.int()) });
const stepArguments = z.looseObject({ step: z.int().check(z.gte(0)) });

/** Standing at other places of the run's course. */
export const timeTravel: RequestTable = {
  'portals/seek': request(stepArguments, (session, { step }) =>
    session.travel({ kind: 'step', step }, { reason: 'goto' }),
  ),
  'portals/stepBackAtom': back('atom'),
  'portals/stepBackEvent': back('event'),
};

/** All threads go back together, whichever thread the client names. */
function back(by: BackStep): RequestHandler {
  return request(threadArguments, async (session: Session) => {
    const { debuggee } = session;
    void session.pause;
    const moment = await debuggee.control.call('standBefore', by);
    if (moment === null) session.stayAtBeginning();
    else await session.travel({ kind: 'moment', moment }, {});
  });
}
