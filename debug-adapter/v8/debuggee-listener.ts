import type { Protocol } from 'devtools-protocol';
import type { OutputRecord } from '../agent/index.ts';
import type { AgentClient } from './agent-client.ts';
import type { Pause } from './pause.ts';

type Paused = Protocol.Debugger.PausedEvent;

/** Observes the program's thread and decides what pauses it. */
export interface DebuggeeListener {
  onOutput(items: readonly OutputRecord[]): void;
  /** The program has come to a stop that the user gets to see. */
  onPaused(pause: Pause): Promise<void>;
  /** Whether V8 has paused for an exception that is nothing to stop for. */
  ignoresException(paused: Paused, control: AgentClient): Promise<boolean>;
  /** The heap is full, and the user does not want to inspect it. */
  onOutOfMemory(): void;
  isDebuggerStatement(frame: Protocol.Debugger.CallFrame): boolean;
  /** Whether a frame of the program's script is in the author's sources. */
  isAuthored(frame: Protocol.Debugger.CallFrame): boolean;
  /** Whether a frame is still in the statement of `place`, `LINE:COLUMN` of the script. */
  isWithinStatement(place: string, frame: Protocol.Debugger.CallFrame): boolean;
}
