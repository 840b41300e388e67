import type { DebugProtocol } from '@vscode/debugprotocol';

const FIRST_RUN = 'firstRun';

/** Whether breakpoints count again while atoms are processed again; the first is the default. */
export const BREAKPOINT_MODES: DebugProtocol.BreakpointMode[] = [
  {
    mode: 'everyRun',
    label: 'Every Run',
    description: 'Stop also while an atom is processed again after a rollback.',
    appliesTo: ['source', 'exception', 'data'],
  },
  {
    mode: FIRST_RUN,
    label: 'First Run',
    description: 'Do not stop while an atom is processed again after a rollback.',
    appliesTo: ['source', 'exception', 'data'],
  },
];

/** What a mode asks of the program's thread. @throws Error when there is no such mode. */
export function termsOfMode(mode: string | undefined): { readonly firstRunOnly?: true } {
  if (mode === undefined || mode === 'everyRun') return {};
  if (mode === FIRST_RUN) return { firstRunOnly: true };
  const known = BREAKPOINT_MODES.map((each) => each.mode).join(', ');
  throw new Error(`there is no breakpoint mode '${mode}'; known: ${known}`);
}
