import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Topology } from '../../runtime/index.ts';
import type { Debuggee } from '../v8/debuggee.ts';
import type { Pause } from '../v8/pause.ts';
import { BreakpointIds } from './breakpoint-ids.ts';
import { DATA_BREAKPOINTS } from './data-breakpoints.ts';
import { ExceptionBreakpoints } from './exception-breakpoints.ts';
import { FUNCTION_BREAKPOINTS } from './function-breakpoints.ts';
import { LineBreakpoints } from './line-breakpoints.ts';
import { ModelBreakpoints } from './model-breakpoints.ts';

/** All that the user wants to stop for; it outlives the runs of a session. */
export class BreakpointSet {
  private readonly ids = new BreakpointIds();
  readonly lines = new LineBreakpoints(this.ids);
  readonly functions = new ModelBreakpoints(this.ids, FUNCTION_BREAKPOINTS);
  readonly data = new ModelBreakpoints(this.ids, DATA_BREAKPOINTS);
  readonly exceptions = new ExceptionBreakpoints(this.ids);

  /** Has a run stop for them. */
  async applyTo(debuggee: Debuggee): Promise<void> {
    const { exceptions, functions, data } = this;
    await Promise.all([
      debuggee.cdp.send('Debugger.setPauseOnExceptions', { state: exceptions.v8State }),
      debuggee.whilePaused((control) =>
        Promise.all([
          control.call('setExceptionRules', exceptions.rules),
          control.call('setModelBreakpoints', functions.rules),
          control.call('setDataBreakpoints', data.rules),
        ]),
      ),
    ]);
  }

  /** Compares with what is launched; returns the breakpoints whose standing has changed. */
  verify(topology: Topology | undefined): readonly DebugProtocol.Breakpoint[] {
    return [...this.functions.verify(topology), ...this.data.verify(topology)];
  }

  /** The numbers of the breakpoints that are hit at a stop. */
  hitAt({ cause, hits }: Pause): readonly number[] {
    const lines = cause.kind === 'breakpoint' ? this.lines.idsOf(cause.ids) : [];
    return [...lines, ...hits];
  }

  /** What the user has called those of them that have a name. */
  namesAt({ hits }: Pause): readonly string[] {
    return hits.flatMap((id) => this.functions.requestedAs(id)?.name ?? []);
  }
}
