import * as z from 'zod/mini';
import type { Execution } from '../execution.ts';
import type { Pause } from '../pause.ts';
import type { Session } from '../session.ts';
import type { Journey } from '../time-travel/back.ts';
import { reverseContinue, stepBack, stepBackBy } from '../time-travel/back.ts';
import { type RequestHandler, type RequestTable, request } from './table.ts';

const threadArguments = z.looseObject({ threadId: z.optional(z.int()) });
const stepArguments = z.looseObject({ step: z.int().check(z.gte(0)) });

/** Standing at other places of the run's course. */
export const timeTravel: RequestTable = {
  stepBack: back(stepBack),
  reverseContinue: back(reverseContinue),
  'portals/stepBackAtom': back((execution) => stepBackBy('atom', execution)),
  'portals/stepBackEvent': back((execution) => stepBackBy('event', execution)),

  'portals/seek': request(stepArguments, (session, { step }) =>
    session.travel(async () => {
      return { target: { kind: 'step', step }, announced: { reason: 'goto' } };
    }),
  ),
};

/** All threads go back together, whichever thread the client names. */
function back(find: (execution: Execution, pause: Pause) => Promise<Journey>): RequestHandler {
  return request(threadArguments, (session: Session) => session.travel(find));
}
