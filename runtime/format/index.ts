/**
 * How values are shown to people and written to JSON. Both are total: they never throw, never run
 * the author's getters or methods, and are bounded. Values may come from another realm.
 */
export { innerErrorsOf, stackOf } from './inner-errors.ts';
export { type Json, toJson } from './json.ts';
export { DEFAULT_LIMITS, type PreviewLimits, preview } from './preview.ts';
