import type { ModelStop } from '../agent/index.ts';
import { AdapterError } from '../dap/errors.ts';
import { isInHandler, type Pause } from './pause.ts';
import type { ResumeAction } from './step-state.ts';

export type StepCommand = 'continue' | 'next' | 'stepIn' | 'stepOut' | 'stepAtom' | 'stepEvent';

/**
 * How the program resumes from `pause` on `command`. In the author's code the line commands step
 * by lines and end with the event; between atoms they step by atoms, between events by events.
 */
export function resumeActionOf(command: StepCommand, pause: Pause): ResumeAction {
  switch (command) {
    case 'continue':
      return { mode: { kind: 'continue' }, command: 'resume' };
    case 'stepAtom':
      return { mode: { kind: 'atom' }, command: 'resume' };
    case 'stepEvent':
      return { mode: { kind: 'event' }, command: 'resume' };
    default:
      if (isInHandler(pause)) return handlerCourse(command);
      if (pause.cause.kind === 'model') return modelCourse(command, pause);
      return driverCourse(command);
  }
}

/** Stops that belong to one event rather than to the atom. */
const EVENT_STOPS: ReadonlySet<ModelStop['kind']> = new Set([
  'before-event',
  'after-event',
  'handler-error',
  'state-access',
]);

type LineCommand = 'next' | 'stepIn' | 'stepOut';

const V8_COMMANDS = { next: 'stepOver', stepIn: 'stepInto', stepOut: 'stepOut' } as const;

function handlerCourse(command: LineCommand): ResumeAction {
  return { mode: { kind: 'line' }, command: V8_COMMANDS[command] };
}

/** The program's own lines: stepping into `step()` arrives at the boundary before the atom. */
function driverCourse(command: LineCommand): ResumeAction {
  const mode = command === 'stepIn' ? 'atom' : 'program';
  return { mode: { kind: mode }, command: V8_COMMANDS[command] };
}

function modelCourse(command: LineCommand, pause: Pause): ResumeAction {
  if (pause.cause.kind !== 'model') throw new AdapterError('INTERNAL', 'not at a boundary');
  const { kind } = pause.cause.stop;
  const atEvent = EVENT_STOPS.has(kind);
  switch (command) {
    case 'stepIn':
      return { mode: { kind: 'enter' }, command: 'resume' };
    case 'next':
      return { mode: { kind: atEvent ? 'event' : 'atom' }, command: 'resume' };
    case 'stepOut':
      if (atEvent || pause.driver.length === 0)
        return { mode: { kind: 'atom' }, command: 'resume' };
      return { mode: { kind: 'program' }, command: 'stepOut' };
  }
}
