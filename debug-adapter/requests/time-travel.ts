import * as z from 'zod/mini';
import { noArguments, rollbackArguments, seekArguments, threadArguments } from '../protocol.ts';
import { reload } from '../session/hot-reload.ts';
import type { Session } from '../session/session.ts';
import type { Navigation } from '../time-travel/navigation.ts';
import type { ProgressOptions } from '../time-travel/navigation-progress.ts';
import type { Navigator } from '../time-travel/navigator.ts';
import { restartFrame, rollBackTo, seek } from '../time-travel/seek.ts';
import { reverseContinue, stepBack, stepBackBy } from '../time-travel/step-back.ts';
import type { Pause } from '../v8/pause.ts';
import { type RequestHandler, type RequestTable, request } from './table.ts';

const cancelArguments = z.looseObject({
  requestId: z.optional(z.int()),
  progressId: z.optional(z.string()),
});

/** Requests that move to other positions of the history. */
export const timeTravel: RequestTable = {
  stepBack: inTurn('stepBack', back(stepBack, { title: 'Stepping back' })),
  reverseContinue: back(reverseContinue, { title: 'Going back to the stop before' }),
  'portals/stepBackAtom': inTurn(
    'stepBackAtom',
    back((navigator) => stepBackBy('atom', navigator), {
      title: 'Stepping back by an atom',
      hidden: true,
    }),
  ),
  'portals/stepBackEvent': inTurn(
    'stepBackEvent',
    back((navigator) => stepBackBy('event', navigator), {
      title: 'Stepping back by an event',
      hidden: true,
    }),
  ),

  'portals/seek': request(seekArguments, (session, { step, branch }, seq) => {
    const asked = { title: `Going to step ${step}`, request: seq, hidden: true } as const;
    return session.navigate(async (navigator) => seek(navigator, step, branch), asked);
  }),

  'portals/rollback': request(rollbackArguments, (session, { step }, seq) => {
    const asked = { title: `Rolling back to step ${step}`, request: seq, hidden: true } as const;
    return session.navigate(async (navigator) => rollBackTo(navigator, step), asked);
  }),

  'portals/reload': request(noArguments, (session, _none, seq) => reload(session, seq)),

  restartFrame: request(z.looseObject({ frameId: z.int() }), (session, { frameId }, seq) => {
    const frame = session.frames.get(frameId);
    const asked = { title: 'Going back to where the frame began', request: seq };
    return session.navigate((navigator) => restartFrame(navigator, frame), asked);
  }),

  cancel: request(cancelArguments, (session, { progressId, requestId }) => {
    session.progress.cancelThe({
      ...(progressId !== undefined && { progressId }),
      ...(requestId !== undefined && { requestId }),
    });
  }),
};

/** All threads go back together, whichever thread the client names. */
function back(
  find: (navigator: Navigator, pause: Pause) => Promise<Navigation>,
  asked: ProgressOptions,
): RequestHandler {
  return request(threadArguments, (session: Session, _thread, seq) =>
    session.navigate(find, { ...asked, request: seq }),
  );
}

/** A step back, which waits for those of its kind that were asked for before. */
function inTurn(kind: string, handler: RequestHandler): RequestHandler {
  return (session, ...asked) =>
    session.steps.run(kind, async () => {
      await handler(session, ...asked);
    });
}
