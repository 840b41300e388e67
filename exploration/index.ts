/** Runs a program under many schedules and failures, and checks what each run commits. */
export { ExecutionRecorder } from './execution.ts';
export { check, checkExecution, explore, type Report } from './explore.ts';
export type { Rule, Violation } from './oracle/violation.ts';
export type { Strategy } from './plan.ts';
