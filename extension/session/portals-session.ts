import type * as vscode from 'vscode';
import type {
  DensityArguments,
  InjectArguments,
  PortalsRequests,
  ReloadBody,
  TopologyBody,
} from '../../debug-adapter/protocol.ts';
import {
  type Density,
  densityMessage,
  historyMessage,
  type TimelineEntry,
} from '../../webview/timeline/messages.ts';
import type { AdapterCapabilities, Capabilities } from './capabilities.ts';
import {
  continuationsMessage,
  type EnabledChoice,
  enabledMessage,
  injectedMessage,
  type KeptState,
  type PendingContinuation,
  readMessage,
  reloadedMessage,
  type SessionStatus,
  type StateEntry,
  sourcesMessage,
  stateMessage,
  stateNamesMessage,
  statusMessage,
  type TopologyUnit,
  topologyMessage,
} from './messages.ts';

type RequestName = keyof PortalsRequests;

/** One debug session of type `portals`: its requests by name, and the status it told last. */
export class PortalsSession {
  readonly debugSession: vscode.DebugSession;
  readonly #capabilities: Capabilities;
  #status: SessionStatus | undefined;
  #statusBody: unknown;

  constructor(debugSession: vscode.DebugSession, capabilities: Capabilities) {
    this.#capabilities = capabilities;
    this.debugSession = debugSession;
  }

  get capabilities(): AdapterCapabilities {
    return this.#capabilities.of(this.debugSession.id);
  }

  /** The latest status the adapter told; absent until it has told one. */
  get status(): SessionStatus | undefined {
    return this.#status;
  }

  /** The latest status as it came, for those who read more of it. */
  get statusBody(): unknown {
    return this.#statusBody;
  }

  /** True while the app stands still, which is when its state can be read. */
  get isStopped(): boolean {
    return this.#status?.stopped !== undefined;
  }

  /** Takes in the body of a `portals/changed` event. */
  acceptStatus(body: unknown): void {
    this.#status = readMessage(statusMessage, body, 'portals/changed');
    this.#statusBody = body;
  }

  stepAtom(): Promise<unknown> {
    return this.#request('portals/stepAtom', {});
  }

  stepEvent(): Promise<unknown> {
    return this.#request('portals/stepEvent', {});
  }

  stepBackAtom(): Promise<unknown> {
    return this.#request('portals/stepBackAtom', {});
  }

  stepBackEvent(): Promise<unknown> {
    return this.#request('portals/stepBackEvent', {});
  }

  /** Goes to before `step`, which is recorded or the next one; of this branch or of another. */
  seek(step: number, branch?: number): Promise<unknown> {
    return this.#request('portals/seek', { step, ...(branch !== undefined && { branch }) });
  }

  /** Takes back everything from `step` on. */
  rollback(step: number): Promise<unknown> {
    return this.#request('portals/rollback', { step });
  }

  /** Makes the enabled choice with this label the next step. */
  choose(label: string): Promise<unknown> {
    return this.#request('portals/choose', { choice: label });
  }

  /** Arms a crash; answers the fault as `crash:TARGET@POINT#N`. */
  async inject(fault: InjectArguments): Promise<string> {
    const body = await this.#request('portals/inject', fault);
    return readMessage(injectedMessage, body, 'portals/inject').fault;
  }

  /** Every state that is kept. */
  async stateNames(): Promise<KeptState[]> {
    const body = await this.#request('portals/stateNames', undefined);
    return readMessage(stateNamesMessage, body, 'portals/stateNames').names;
  }

  async state(which: PortalsRequests['portals/state']['arguments']): Promise<StateEntry[]> {
    const body = await this.#request('portals/state', which);
    return readMessage(stateMessage, body, 'portals/state').items;
  }

  /** Sets a state to the value of an expression; without one it is deleted. */
  setState(change: PortalsRequests['portals/setState']['arguments']): Promise<unknown> {
    return this.#request('portals/setState', change);
  }

  async enabled(): Promise<EnabledChoice[]> {
    const body = await this.#request('portals/enabled', undefined);
    return readMessage(enabledMessage, body, 'portals/enabled').choices;
  }

  async continuations(): Promise<PendingContinuation[]> {
    const body = await this.#request('portals/continuations', undefined);
    return readMessage(continuationsMessage, body, 'portals/continuations').continuations;
  }

  /** Recorded steps, past and future, from `start` on. */
  async history(
    start: number,
    count: number,
  ): Promise<{ readonly start: number; readonly items: readonly TimelineEntry[] }> {
    const body = await this.#request('portals/history', { start, count });
    return readMessage(historyMessage, body, 'portals/history');
  }

  async density({ start, count, binSize }: DensityArguments): Promise<Density> {
    const body = await this.#request('portals/density', { start, count, binSize });
    return readMessage(densityMessage, body, 'portals/density');
  }

  /** The absolute paths of the program's files. */
  async sources(): Promise<string[]> {
    const body = await this.#request('portals/sources', undefined);
    return readMessage(sourcesMessage, body, 'portals/sources').paths;
  }

  /** Runs the program, as it is on disk now, up to where the app stands. */
  async reload(): Promise<ReloadBody> {
    const body = await this.#request('portals/reload', undefined);
    readMessage(reloadedMessage, body, 'portals/reload');
    return body as ReloadBody;
  }

  async units(): Promise<TopologyUnit[]> {
    const body = await this.#request('portals/topology', undefined);
    return readMessage(topologyMessage, body, 'portals/topology').topology.nodes;
  }

  /** The shape of all launched applications, for the topology panel. */
  async topology(): Promise<TopologyBody> {
    const body = await this.#request('portals/topology', undefined);
    readMessage(topologyMessage, body, 'portals/topology');
    return body as TopologyBody;
  }

  async #request<Name extends RequestName>(
    name: Name,
    args: PortalsRequests[Name]['arguments'],
  ): Promise<unknown> {
    return await this.debugSession.customRequest(name, args);
  }
}
