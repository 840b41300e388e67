/** What browsers and Node add to the language, and what only computes. */

export { base64 } from './base64.ts';
export { structuredCloning } from './structured-clone.ts';
export { utf8 } from './text.ts';
