import { RUNTIME_URL } from '../contracts/call-site.ts';
import { define, type Realm } from './realm.ts';

/** V8's own default, which a flag of the process may have changed. */
const FRAMES_MAX = 10;

/** As much of V8's frames as is looked at. */
interface Frame {
  getFileName(): string | null | undefined;
}

/**
 * Lets the stack of an error have the program's frames only. Through which functions of the
 * runtime and of the host a handler is called, and where these are installed, depends on who looks
 * on; yet a stack is text that a program can emit, keep, and be keyed by.
 */
export function ownStacks(realm: Realm): void {
  Object.assign(realm.Error, { stackTraceLimit: FRAMES_MAX });
  define(realm.Error, 'prepareStackTrace', (error: unknown, frames: readonly Frame[]): string => {
    const own = frames.filter(isOfProgram).map((frame) => `\n    at ${String(frame)}`);
    return `${headOf(error)}${thrownByRuntime(frames) ? RUNTIME_FRAME : ''}${own.join('')}`;
  });
}

/** Stands for any frames of the runtime in front of the program's. */
const RUNTIME_FRAME = `\n    at ${RUNTIME_URL}:1:1`;

/** A host evaluates programs under bare names; its own scripts have paths or schemes. */
function isOfProgram(frame: Frame): boolean {
  const name = frame.getFileName();
  return typeof name === 'string' && !/[/\\:]/.test(name) && name !== RUNTIME_URL;
}

function thrownByRuntime([innermost]: readonly Frame[]): boolean {
  return innermost?.getFileName() === RUNTIME_URL;
}

/** The line above the frames, as the language makes it. */
function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}
