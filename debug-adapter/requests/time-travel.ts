import * as z from 'zod/mini';
import type { Execution } from '../execution.ts';
import type { Pause } from '../pause.ts';
import { reload } from '../reload.ts';
import type { Session } from '../session.ts';
import { reverseContinue, stepBack, stepBackBy } from '../time-travel/back.ts';
import type { Journey } from '../time-travel/journey.ts';
import { restart, rollBack, seek } from '../time-travel/to-step.ts';
import { type RequestHandler, type RequestTable, request } from './table.ts';

const threadArguments = z.looseObject({ threadId: z.optional(z.int()) });
const whole = z.int().check(z.gte(0));
const stepArguments = z.looseObject({ step: whole });
const seekArguments = z.looseObject({ step: whole, branch: z.optional(whole) });

/** Standing at other places of the run's course. */
export const timeTravel: RequestTable = {
  stepBack: back(stepBack),
  reverseContinue: back(reverseContinue),
  'portals/stepBackAtom': back((execution) => stepBackBy('atom', execution)),
  'portals/stepBackEvent': back((execution) => stepBackBy('event', execution)),

  'portals/seek': request(seekArguments, (session, { step, branch }) =>
    session.travel((execution) => seek(execution, step, branch)),
  ),

  'portals/rollback': request(stepArguments, (session, { step }) =>
    session.travel(async (execution) => rollBack(execution, step)),
  ),

  'portals/reload': request(z.looseObject({}), reload),

  restartFrame: request(z.looseObject({ frameId: z.int() }), (session, { frameId }) => {
    const frame = session.frames.get(frameId);
    return session.travel((execution) => restart(execution, frame));
  }),
};

/** All threads go back together, whichever thread the client names. */
function back(find: (execution: Execution, pause: Pause) => Promise<Journey>): RequestHandler {
  return request(threadArguments, (session: Session) => session.travel(find));
}
