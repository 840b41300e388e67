import type { DebugProtocol } from '@vscode/debugprotocol';
import { stackTraceOf } from '../inspection/stack-trace.ts';
import type { VariableReader } from '../inspection/variable-reader.ts';
import type { Session } from './session.ts';

/** Reads variables at the current pause. @throws AdapterError when the program is not paused. */
export function variableReaderOf(session: Session): VariableReader {
  const { debuggee, variables, execution } = session;
  // Throws between two pauses, when values of the last one no longer exist.
  void session.pause;
  const { sources } = execution.image;
  const { cdp, agentClient } = debuggee;
  const isProgram = (scriptId: string) => debuggee.isProgram(scriptId);
  return { cdp, agent: agentClient, variables, sources, isProgram };
}

/** The frames of a thread, innermost first. @throws AdapterError when the program is not paused. */
export function stackOf(session: Session, threadId: number): readonly DebugProtocol.StackFrame[] {
  const { pause, frames, threads } = session;
  const { image, report } = session.execution;
  const { topology, chosen } = report;
  const at = { pause, frames, sources: image.sources, topology, chosen };
  return stackTraceOf(at, threads.workflowOf(threadId));
}
