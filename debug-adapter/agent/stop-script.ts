/** The script name of {@link HALT_CODE}; its frames are hidden from the user. */
export const HALT_URL = 'portals-stop.js';

/** The function in that script. V8 may also pause where the script itself begins. */
export const HALT_NAME = 'halt';

/**
 * A function that pauses its thread, with the debug agent as its only local. It is a script of its
 * own because V8 ignores `debugger` statements in blackboxed scripts, such as the agent's and the
 * runtime's.
 */
export const HALT_CODE = `(function ${HALT_NAME}(agent) { debugger; })`;

const AGENT_NAME = 'portals.agent';

/** The property of the realm's global object where conditions and logpoints find the agent. */
export const AGENT_SYMBOL: symbol = Symbol.for(AGENT_NAME);

/** An expression for the agent, valid anywhere in the author's code. */
export const AGENT_EXPRESSION = `globalThis[Symbol.for('${AGENT_NAME}')]`;
