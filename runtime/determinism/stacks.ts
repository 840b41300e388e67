import {
  FRAMES_MAX,
  isReadByRuntime,
  keepScriptStack,
  RUNTIME_URL,
} from '../contracts/call-site.ts';
import type { Environment } from './environment.ts';
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
type Format = (error: object, frames: readonly Frame[]) => unknown;

/**
 * Lets the stack of an error have the program's frames only, with positions in its source files.
 * Through which functions of the runtime and of the host a handler is called, and where these and
 * the program are installed, depends on the machine and on who looks on; yet a stack is text that a
 * program can emit, keep, and be keyed by.
 *
 * A program may set `Error.prepareStackTrace`. Its function receives the same frames. They are
 * made here, because V8 makes its frames, and the list of them, in the realm that reads the stack,
 * which may be the host's.
 */
export function ownStacks(realm: Realm, { nameInStack }: Environment): void {
  let chosen: Format | undefined;
  const format: Format = (error, frames) => {
    const own: Frame[] = [];
    for (let at = 0; at < frames.length; at++) {
      const frame = frames[at] as Frame;
      if (isOfProgram(frame)) own.push(frame);
    }
    const head = headOf(error);
    const lines = own.map((frame) => `\n    at ${String(frame)}`);
    const script = `${head}${thrownByRuntime(frames) ? RUNTIME_FRAME : ''}${lines.join('')}`;
    if (isReadByRuntime()) return script;
    keepScriptStack(error, script);
    if (chosen !== undefined) return chosen(error, own.map(shownFrame));
    return head + own.flatMap((frame) => textOf(frame, nameInStack) ?? []).join('');
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

/** `undefined` for a frame of what the bundler added. */
function textOf(frame: Frame, nameInStack: Environment['nameInStack']): string | undefined {
  const text = String(frame);
  if (nameInStack === undefined) return `\n    at ${text}`;
  const [line, column] = [Number(frame.getLineNumber()), Number(frame.getColumnNumber())];
  let name: string | undefined;
  try {
    name = nameInStack(line, column);
  } catch {
    // With the stack exhausted the host throws an error of its realm, which no program may see.
  }
  const inScript = `${String(frame.getFileName())}:${line}:${column}`;
  return name === undefined ? undefined : `\n    at ${text.replace(inScript, () => name)}`;
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
