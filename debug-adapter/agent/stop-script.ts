import { randomBytes } from 'node:crypto';

/** The script name of {@link HALT_CODE}; its frames are hidden from the user. */
export const HALT_URL = 'portals-stop.js';

/**
 * Pauses its thread, with the debug agent as its only local. It is a script of its own because V8
 * ignores `debugger` statements in blackboxed scripts, such as the agent's and the runtime's.
 */
const pauseThread = function halt(_agent: unknown): void {
  // biome-ignore lint/suspicious/noDebugger: pausing is what the function is for
  debugger;
};

/** The function in that script. V8 may also pause where the script itself begins. */
export const HALT_NAME = 'halt';

/** An expression for the agent in a frame of that function. */
export const HALT_AGENT = '_agent';

/** The script; its completion value is the function. */
export const HALT_CODE = `(${pauseThread.toString()})`;

/**
 * An expression for the agent, valid anywhere in the author's code: the name of a variable in the
 * global scope of the realm, where conditions and logpoints find it. The agent is an object of the
 * host's realm, so the program must not find it. A property of the global object could be listed;
 * a variable can only be named, and no program can guess this one.
 */
export const AGENT_EXPRESSION = `portalsAgent${randomBytes(16).toString('hex')}`;
