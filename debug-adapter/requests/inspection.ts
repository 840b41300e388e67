import * as z from 'zod/mini';
import { AdapterError } from '../dap/errors.ts';
import { complete } from '../inspection/completions.ts';
import { evaluate } from '../inspection/evaluation.ts';
import { exceptionInfo } from '../inspection/exception-info.ts';
import { scopesOf } from '../inspection/scopes.ts';
import { variablesOf } from '../inspection/variables.ts';
import { runCommand, suggestions } from '../repl/index.ts';
import { recordEvaluatedAssignments } from '../session/assignments/record-assignment.ts';
import { setExpression } from '../session/assignments/set-expression.ts';
import { setVariable } from '../session/assignments/set-variable.ts';
import { stackOf, variableReaderOf } from '../session/pause-reading.ts';
import type { Session } from '../session/session.ts';
import { type RequestTable, request } from './table.ts';

const count = z.optional(z.int().check(z.gte(0)));
const empty = z.looseObject({});

const variablesArguments = z.looseObject({
  variablesReference: z.int(),
  filter: z.optional(z.enum(['indexed', 'named'])),
  start: count,
  count,
});

const evaluateArguments = z.looseObject({
  expression: z.string(),
  frameId: z.optional(z.int()),
  context: z.optional(z.string()),
});

const completionsArguments = z.looseObject({
  text: z.string(),
  column: z.int().check(z.gte(1)),
  line: z.optional(z.int()),
  frameId: z.optional(z.int()),
});

const setVariableArguments = z.looseObject({
  variablesReference: z.int(),
  name: z.string(),
  value: z.string(),
});

const setExpressionArguments = z.looseObject({
  expression: z.string(),
  value: z.string(),
  frameId: z.optional(z.int()),
});

const locationsArguments = z.looseObject({ locationReference: z.int() });

/** Looking at the program while it stands still. */
export const inspection: RequestTable = {
  loadedSources: request(empty, (session) => ({
    sources: session.execution.image.sources.loaded,
  })),

  threads: request(empty, (session) => ({ threads: session.threads.list() })),

  stackTrace: request(
    z.looseObject({ threadId: z.int(), startFrame: count, levels: count }),
    (session, { threadId, startFrame = 0, levels = 0 }) => {
      if (!session.threads.has(threadId)) {
        throw new AdapterError('UNKNOWN_TARGET', `there is no thread ${threadId}`);
      }
      const stackFrames = stackOf(session, threadId);
      const end = levels === 0 ? undefined : startFrame + levels;
      return { stackFrames: stackFrames.slice(startFrame, end), totalFrames: stackFrames.length };
    },
  ),

  scopes: request(z.looseObject({ frameId: z.int() }), (session, { frameId }) => {
    return { scopes: scopesOf(session.frames.get(frameId), session.variables) };
  }),

  variables: request(variablesArguments, async (session, { variablesReference, ...part }) => {
    const container = session.variables.get(variablesReference);
    return { variables: await variablesOf(variableReaderOf(session), container, part) };
  }),

  locations: request(locationsArguments, async (session, { locationReference }) => {
    const { variables: containers, debuggee } = session;
    const { sources } = session.execution.image;
    const found = await containers.locations.find(locationReference, debuggee, sources);
    const { file, ...place } = found;
    return { source: sources.sourceOf(file), ...place };
  }),

  setVariable: request(setVariableArguments, (session, { variablesReference, name, value }) =>
    setVariable(session, session.variables.get(variablesReference), name, value),
  ),

  setExpression: request(setExpressionArguments, (session, { expression, value, frameId }) =>
    setExpression(session, expression, value, callOf(session, frameId)),
  ),

  evaluate: request(evaluateArguments, async (session, { expression, frameId, context }) => {
    const reply = context === 'repl' ? await runCommand(session, expression) : undefined;
    if (reply) return reply;
    const call = callOf(session, frameId);
    const reader = variableReaderOf(session);
    const { debuggee } = session;
    const body = await evaluate(debuggee, reader, { expression, call, context });
    if ((context ?? 'repl') === 'repl') await recordEvaluatedAssignments(session, expression, call);
    return body;
  }),

  completions: request(completionsArguments, async (session, { text, column, frameId }) => {
    const commands = await suggestions(session, text.slice(0, column - 1));
    const call = callOf(session, frameId);
    const { sources } = session.execution.image;
    const targets = commands ?? (await complete(session.debuggee, sources, text, column, call));
    if (!session.client.startsAt0) return { targets };
    return { targets: targets.map((each) => ({ ...each, start: (each.start ?? column) - 1 })) };
  }),

  exceptionInfo: request(z.looseObject({ threadId: z.int() }), (session) =>
    exceptionInfo(session.pause, session.execution.image.sources, session.debuggee.agentClient),
  ),

  source: async () => {
    throw new AdapterError('UNSUPPORTED', 'every source of a portal app is a file; open that');
  },
};

function callOf(session: Session, frameId: number | undefined) {
  return frameId === undefined ? undefined : session.frames.get(frameId).callFrame;
}
