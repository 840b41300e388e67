import type * as vscode from 'vscode';
import {
  continuationsBody,
  type DensityArguments,
  densityBody,
  enabledBody,
  historyBody,
  type InjectArguments,
  injectBody,
  type PortalsRequests,
  type ReloadBody,
  reloadBody,
  sourcesBody,
  stateNamesBody,
  stateValues,
  statusBody,
  type TopologyBody,
  topologyUnits,
} from '../../debug-adapter/protocol.ts';
import type { Fault } from '../../runtime/index.ts';
import type { Density, TimelineEntry } from '../../webview/timeline/messages.ts';
import type { AdapterCapabilities, Capabilities } from './capabilities.ts';
import {
  type EnabledChoice,
  type PendingContinuation,
  parseMessage,
  type SessionStatus,
  type StateEntry,
  type StateSummary,
  type TopologyUnit,
} from './messages.ts';
import { StepQueue } from './step-queue.ts';

type RequestName = keyof PortalsRequests;

/** A debug session of type `portals`: its requests and its latest status. */
export class PortalsSession {
  readonly debugSession: vscode.DebugSession;
  readonly #capabilities: Capabilities;
  /** Waits for the next stop; called with its reason, or without one at the end. */
  #waiting: ((reason: string | undefined) => void)[] = [];
  readonly #steps = new StepQueue(() => new Promise((resolve) => this.#waiting.push(resolve)));
  #status: SessionStatus | undefined;

  constructor(debugSession: vscode.DebugSession, capabilities: Capabilities) {
    this.#capabilities = capabilities;
    this.debugSession = debugSession;
  }

  /** The file name of the program, for titles. */
  get programName(): string | undefined {
    const program: unknown = this.debugSession.configuration['program'];
    return typeof program === 'string' ? program.replace(/^.*[\\/]/, '') : undefined;
  }

  get capabilities(): AdapterCapabilities {
    return this.#capabilities.of(this.debugSession.id);
  }

  /** The latest status; absent until the adapter sends one. */
  get status(): SessionStatus | undefined {
    return this.#status;
  }

  /** True while the app is stopped; only then can its state be read. */
  get isStopped(): boolean {
    return this.#status?.stopped !== undefined;
  }

  /** Accepts the body of a `portals/changed` event. */
  acceptStatus(body: unknown): void {
    this.#status = parseMessage(statusBody, body, 'portals/changed');
    if (this.#status.stopped !== undefined) this.#notifyStop(this.#status.stopped.reason);
  }

  /** Ends the session for those who wait for its next stop. */
  end(): void {
    this.#notifyStop(undefined);
  }

  #notifyStop(reason: string | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(reason);
  }

  /** True during a step; further steps are then queued. */
  get isStepping(): boolean {
    return this.#steps.isStepping;
  }

  stepAtom(): Promise<void> {
    return this.#step('portals/stepAtom');
  }

  stepEvent(): Promise<void> {
    return this.#step('portals/stepEvent');
  }

  stepBackAtom(): Promise<void> {
    return this.#step('portals/stepBackAtom');
  }

  stepBackEvent(): Promise<void> {
    return this.#step('portals/stepBackEvent');
  }

  #step(name: RequestName & `portals/step${string}`): Promise<void> {
    return this.#steps.run(() => this.#request(name, {}));
  }

  /** Goes to the position before `step`, of this branch or of another. */
  seek(step: number, branch?: number): Promise<unknown> {
    return this.#request('portals/seek', { step, ...(branch !== undefined && { branch }) });
  }

  /** Rolls back everything from `step` on. */
  rollback(step: number): Promise<unknown> {
    return this.#request('portals/rollback', { step });
  }

  /** Makes the enabled choice with this label the next step. */
  choose(label: string): Promise<unknown> {
    return this.#request('portals/choose', { choice: label });
  }

  /** Arms a crash; returns the fault as armed, its occurrence counted from now on. */
  async inject(fault: InjectArguments): Promise<Fault> {
    const body = await this.#request('portals/inject', fault);
    return parseMessage(injectBody, body, 'portals/inject').fault;
  }

  /** Every state of the app by name. */
  async stateNames(): Promise<StateSummary[]> {
    const body = await this.#request('portals/stateNames', undefined);
    return parseMessage(stateNamesBody, body, 'portals/stateNames').names;
  }

  async state(which: PortalsRequests['portals/state']['arguments']): Promise<StateEntry[]> {
    const body = await this.#request('portals/state', which);
    return parseMessage(stateValues, body, 'portals/state').items;
  }

  /** Sets a state to the value of an expression; deletes it if there is none. */
  setState(change: PortalsRequests['portals/setState']['arguments']): Promise<unknown> {
    return this.#request('portals/setState', change);
  }

  async enabled(): Promise<EnabledChoice[]> {
    const body = await this.#request('portals/enabled', undefined);
    return parseMessage(enabledBody, body, 'portals/enabled').choices;
  }

  async continuations(): Promise<PendingContinuation[]> {
    const body = await this.#request('portals/continuations', undefined);
    return parseMessage(continuationsBody, body, 'portals/continuations').continuations;
  }

  /** `count` recorded steps from `start` on. */
  async history(
    start: number,
    count: number,
  ): Promise<{ readonly start: number; readonly items: readonly TimelineEntry[] }> {
    const body = await this.#request('portals/history', { start, count });
    return parseMessage(historyBody, body, 'portals/history');
  }

  async density({ start, count, binSize }: DensityArguments): Promise<Density> {
    const body = await this.#request('portals/density', { start, count, binSize });
    return parseMessage(densityBody, body, 'portals/density');
  }

  /** The absolute paths of the program's files. */
  async sources(): Promise<string[]> {
    const body = await this.#request('portals/sources', undefined);
    return parseMessage(sourcesBody, body, 'portals/sources').paths;
  }

  /** Reloads the program from disk and runs it to the current position. */
  async reload(): Promise<ReloadBody> {
    const body = await this.#request('portals/reload', undefined);
    return parseMessage(reloadBody, body, 'portals/reload');
  }

  /** The diagnostic log of the session, for bug reports. */
  async diagnostics(): Promise<unknown> {
    return await this.debugSession.customRequest('portals/diagnostics');
  }

  async units(): Promise<TopologyUnit[]> {
    const body = await this.#request('portals/topology', undefined);
    return parseMessage(topologyUnits, body, 'portals/topology').topology.nodes;
  }

  /** The topology of all launched applications. */
  async topology(): Promise<TopologyBody> {
    const body = await this.#request('portals/topology', undefined);
    parseMessage(topologyUnits, body, 'portals/topology');
    return body as TopologyBody;
  }

  async #request<Name extends RequestName>(
    name: Name,
    args: PortalsRequests[Name]['arguments'],
  ): Promise<unknown> {
    return await this.debugSession.customRequest(name, args);
  }
}
