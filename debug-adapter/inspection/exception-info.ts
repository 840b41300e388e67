import type { DebugProtocol } from '@vscode/debugprotocol';
import { detailLines, innerDiagnostics, type Positions } from '../../program/index.ts';
import type { InnerError } from '../../runtime/index.ts';
import { AdapterError } from '../dap/errors.ts';
import type { AgentClient } from '../v8/agent-client.ts';
import type { Pause } from '../v8/pause.ts';
import type { Sources } from '../v8/script/sources.ts';
import { valueText } from './remote-values.ts';
import { stopReasonOf } from './stop-reason.ts';

/** What is known of the error or crash the program stands at. */
export async function exceptionInfo(
  pause: Pause,
  { positions }: Sources,
  agent: AgentClient,
): Promise<DebugProtocol.ExceptionInfoResponse['body']> {
  const { cause } = pause;
  if (cause.kind === 'exception') {
    const { thrown } = cause;
    const [description = ''] = (thrown.description ?? valueText(thrown)).split('\n');
    const inner = await agent.innerErrors(thrown);
    const details = detailsOf({ stack: thrown.description ?? '', inner }, positions);
    const exceptionId = thrown.className ?? thrown.type;
    return { exceptionId, description, breakMode: 'unhandled', details };
  }
  if (cause.kind === 'model' && cause.stop.kind === 'handler-error') {
    const { code, message, stack = '', inner = [] } = cause.stop.error;
    const details = detailsOf({ stack, inner }, positions);
    return { exceptionId: code, description: message, breakMode: 'unhandled', details };
  }
  if (cause.kind === 'model' && cause.stop.kind === 'crashed') {
    const { unit, fault, step } = cause.stop;
    const description = `${unit} crashes at ${fault.point} in step ${step}; continue to see it recover`;
    return { exceptionId: 'crash', description, breakMode: 'always' };
  }
  if (
    cause.kind === 'model' &&
    (cause.stop.kind === 'orphaned' ||
      cause.stop.kind === 'invariant' ||
      cause.stop.kind === 'diverged')
  ) {
    const { text: description = '' } = stopReasonOf(pause, []);
    return { exceptionId: cause.stop.kind, description, breakMode: 'always' };
  }
  if (cause.kind === 'out-of-memory') {
    const description = 'The program is about to run out of memory; continuing ends it';
    return { exceptionId: 'out of memory', description, breakMode: 'always' };
  }
  throw new AdapterError('UNKNOWN_TARGET', 'the program does not stand at an error');
}

/** Clients show the stack trace only, so it names the inner errors, too. */
function detailsOf(
  { stack = '', inner = [] }: Pick<InnerError, 'stack' | 'inner'>,
  positions: Positions,
): DebugProtocol.ExceptionDetails {
  const innerException = inner.map((each) => ({
    message: each.message,
    ...detailsOf(each, positions),
  }));
  const frames = positions.frames(stack);
  const innerLines = detailLines(innerDiagnostics(inner, positions), '');
  return {
    stackTrace: [...frames, ...innerLines].join('\n'),
    ...(inner.length > 0 && { innerException }),
  };
}
