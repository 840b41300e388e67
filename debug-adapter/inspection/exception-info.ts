import type { DebugProtocol } from '@vscode/debugprotocol';
import { AdapterError } from '../dap/errors.ts';
import type { Pause } from '../v8/pause.ts';
import type { Sources } from '../v8/script/sources.ts';
import { valueText } from './remote-values.ts';
import { stopReasonOf } from './stop-reason.ts';

/** What is known of the error or crash the program stands at. */
export function exceptionInfo(
  pause: Pause,
  sources: Sources,
): DebugProtocol.ExceptionInfoResponse['body'] {
  const { cause } = pause;
  if (cause.kind === 'exception') {
    const { thrown } = cause;
    const [description = ''] = (thrown.description ?? valueText(thrown)).split('\n');
    const stackTrace = sources.positions.frames(thrown.description ?? '').join('\n');
    const exceptionId = thrown.className ?? thrown.type;
    return { exceptionId, description, breakMode: 'unhandled', details: { stackTrace } };
  }
  if (cause.kind === 'model' && cause.stop.kind === 'handler-error') {
    const { code, message, stack = '' } = cause.stop.error;
    const stackTrace = sources.positions.frames(stack).join('\n');
    return {
      exceptionId: code,
      description: message,
      breakMode: 'unhandled',
      details: { stackTrace },
    };
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
