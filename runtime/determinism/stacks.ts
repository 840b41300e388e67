import { FRAMES_MAX, isReadByRuntime, RUNTIME_URL } from '../contracts/call-site.ts';
import type { Realm } from './realm.ts';

/** As much of V8's frames as a program may see: texts, numbers and truth values. */
const QUESTIONS = [
  'getTypeName',
  'getFunctionName',
  'getMethodName',
  'getFileName',
  'getLineNumber',
  'getColumnNumber',
  'getEvalOrigin',
  'getPromiseIndex',
  'getScriptNameOrSourceURL',
  'isToplevel',
  'isEval',
  'isNative',
  'isConstructor',
  'isAsync',
  'isPromiseAll',
  'toString',
] as const;

type Frame = { readonly [Question in (typeof QUESTIONS)[number]]: () => unknown };
type Format = (error: unknown, frames: readonly Frame[]) => unknown;

/**
 * Lets the stack of an error have the program's frames only. Through which functions of the
 * runtime and of the host a handler is called, and where these are installed, depends on who looks
 * on; yet a stack is text that a program can emit, keep, and be keyed by.
 *
 * A program may set `Error.prepareStackTrace`. Its function receives the same frames. They are
 * made here, because V8 makes its frames, and the list of them, in the realm that reads the stack,
 * which may be the host's.
 */
export function ownStacks(realm: Realm): void {
  let chosen: Format | undefined;
  const format: Format = (error, frames) => {
    const own: Frame[] = [];
    for (let at = 0; at < frames.length; at++) {
      const frame = frames[at] as Frame;
      if (isOfProgram(frame)) own.push(frame);
    }
    if (chosen !== undefined && !isReadByRuntime()) return chosen(error, own.map(shownFrame));
    const lines = own.map((frame) => `\n    at ${String(frame)}`);
    return `${headOf(error)}${thrownByRuntime(frames) ? RUNTIME_FRAME : ''}${lines.join('')}`;
  };
  Object.defineProperty(realm.Error, 'stackTraceLimit', {
    value: FRAMES_MAX,
    writable: true,
    configurable: false,
  });
  // V8 finds the formatter in this property, so it cannot give the program's function back.
  Object.defineProperty(realm.Error, 'prepareStackTrace', {
    get: () => format,
    set: (value: unknown) => {
      chosen = typeof value === 'function' && value !== format ? (value as Format) : undefined;
    },
    configurable: false,
  });
}

/** A frame of objects of this realm. `getThis` and `getFunction` would lead out of it. */
function shownFrame(frame: Frame): Frame {
  const methods = QUESTIONS.map((question) => [question, () => frame[question]()] as const);
  const hidden = ['getThis', 'getFunction'].map((name) => [name, () => undefined] as const);
  return Object.fromEntries([...methods, ...hidden]) as unknown as Frame;
}

/** Stands for any frames of the runtime in front of the program's. */
const RUNTIME_FRAME = `\n    at ${RUNTIME_URL}:1:1`;

/** A host evaluates programs under bare names; its own scripts have paths or schemes. */
function isOfProgram(frame: Frame): boolean {
  const name = frame.getFileName();
  return typeof name === 'string' && !/[/\\:]/.test(name) && name !== RUNTIME_URL;
}

function thrownByRuntime(frames: readonly Frame[]): boolean {
  return frames[0]?.getFileName() === RUNTIME_URL;
}

/** The line above the frames, as the language makes it. */
function headOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}
