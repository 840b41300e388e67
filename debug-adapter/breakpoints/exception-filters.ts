import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ExceptionKind } from '../agent/index.ts';

/** `programError` is V8's business alone; everything else is decided inside the program. */
export type ExceptionFilter = ExceptionKind | 'programError';

interface KnownFilter extends DebugProtocol.ExceptionBreakpointsFilter {
  readonly filter: ExceptionFilter;
}

/** What the user can choose to stop for, as the Breakpoints view offers it. */
export const EXCEPTION_FILTERS: readonly KnownFilter[] = [
  {
    filter: 'handlerError',
    label: 'Handler Errors',
    description: 'Stop at the line of a handler that throws what it does not catch itself.',
    default: true,
    supportsCondition: true,
    conditionDescription: 'An expression of error, value, key, cause, task, unit and step',
  },
  {
    filter: 'programError',
    label: 'Program Errors',
    description: 'Stop where the program throws outside of handlers, as while it is loaded.',
    default: true,
  },
  {
    filter: 'crash',
    label: 'Crashes',
    description: 'Stop when an injected crash triggers, before the rollback.',
    default: true,
    supportsCondition: true,
    conditionDescription: "An expression of unit, point, step and outcome ('back' or 'forward')",
  },
  {
    filter: 'recovery',
    label: 'Recoveries',
    description: 'Stop when a crashed unit has recovered, before it replays.',
    default: false,
    supportsCondition: true,
    conditionDescription: 'An expression of unit, step and outcome',
  },
  {
    filter: 'rollback',
    label: 'Rollbacks',
    description: 'Stop when an atom, or an epoch of several, has been rolled back.',
    default: false,
    supportsCondition: true,
    conditionDescription: 'An expression of unit, step and toStep, the first step undone',
  },
  {
    filter: 'poisonAtom',
    label: 'Poison Atoms',
    description: 'Stop when a handler throws again while its atom is tried again.',
    default: false,
    supportsCondition: true,
    conditionDescription: 'An expression of error, value, key, cause, task, unit and step',
  },
  {
    filter: 'outsideState',
    label: 'State Outside the Model',
    description: 'Stop when a step that is processed again does something else than before.',
    default: true,
    supportsCondition: true,
    conditionDescription: 'An expression of unit and step',
  },
  {
    filter: 'completion',
    label: 'Completion',
    description: 'Stop when the app is complete, with its whole history accessible.',
    default: true,
    supportsCondition: true,
    conditionDescription: "An expression of step, and of reason ('complete' or 'max-steps')",
  },
  {
    filter: 'orphanedContinuation',
    label: 'Orphaned Continuations',
    description: 'Stop when nothing is left to do, and continuations still wait for replies.',
    default: false,
    supportsCondition: true,
    conditionDescription: 'An expression of count, the number of continuations',
  },
  {
    filter: 'invariant',
    label: 'Violated Invariant',
    description: 'Stop at the commit after which the condition no longer holds.',
    default: false,
    supportsCondition: true,
    conditionDescription:
      "What must hold after each commit: [...$state('balance', 'balance').values()].every((n) => n >= 0)",
  },
];
