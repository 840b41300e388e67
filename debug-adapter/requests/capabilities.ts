import type { DebugProtocol } from '@vscode/debugprotocol';
import { BREAKPOINT_MODES } from '../breakpoints/breakpoint-modes.ts';
import { EXCEPTION_FILTERS } from '../breakpoints/exception-filters.ts';
import type { PortalsCapabilities } from '../protocol.ts';

/** What this adapter can do, and nothing it cannot. */
export const CAPABILITIES: DebugProtocol.Capabilities & PortalsCapabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsFunctionBreakpoints: true,
  supportsStepInTargetsRequest: true,
  breakpointModes: BREAKPOINT_MODES,
  supportsDataBreakpoints: true,
  supportsLogPoints: true,
  supportsBreakpointLocationsRequest: true,
  supportsEvaluateForHovers: true,
  supportsClipboardContext: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['.'],
  supportsExceptionInfoRequest: true,
  supportsExceptionFilterOptions: true,
  exceptionBreakpointFilters: [...EXCEPTION_FILTERS],
  supportsDelayedStackTraceLoading: true,
  supportsLoadedSourcesRequest: true,
  supportsRestartRequest: true,
  supportsTerminateRequest: true,
  supportsStepBack: true,
  supportsReload: true,
  supportsRestartFrame: true,
  supportsCancelRequest: true,
  supportsGotoTargetsRequest: true,
};
