/** The script name of {@link HALT_CODE}; its frames are hidden from the user. */
export const HALT_URL = 'portals-stop.js';

/** The function in it; V8 may pause where the script itself begins, too. */
export const HALT_NAME = 'halt';

/**
 * A function that pauses its thread, with the debugger's hand as its only local. It stands in a
 * script of its own, because V8 ignores `debugger` statements in scripts that are blackboxed, as
 * the host's and the runtime's are.
 */
export const HALT_CODE = `(function ${HALT_NAME}(control) { debugger; })`;

const CONTROL_NAME = 'portals.control';

/** The property of the realm's global object where conditions and logpoints find the control. */
export const CONTROL_SYMBOL: symbol = Symbol.for(CONTROL_NAME);

/** An expression for the control, valid anywhere in the author's code. */
export const CONTROL_EXPRESSION = `globalThis[Symbol.for('${CONTROL_NAME}')]`;
