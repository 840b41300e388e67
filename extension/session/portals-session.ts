import type * as vscode from 'vscode';
import type {
  InjectArguments,
  PortalsRequests,
  TopologyBody,
} from '../../debug-adapter/protocol.ts';
import {
  continuationsMessage,
  type EnabledChoice,
  enabledMessage,
  injectedMessage,
  type PendingContinuation,
  readMessage,
  type SessionStatus,
  statusMessage,
  type TopologyUnit,
  topologyMessage,
} from './messages.ts';

type RequestName = keyof PortalsRequests;

/** One debug session of type `portals`: its requests by name, and the status it told last. */
export class PortalsSession {
  readonly debugSession: vscode.DebugSession;
  #status: SessionStatus | undefined;
  #statusBody: unknown;

  constructor(debugSession: vscode.DebugSession) {
    this.debugSession = debugSession;
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

  /** Makes the enabled choice with this label the next step. */
  choose(label: string): Promise<unknown> {
    return this.#request('portals/choose', { choice: label });
  }

  /** Arms a crash; answers the fault as `crash:TARGET@POINT#N`. */
  async inject(fault: InjectArguments): Promise<string> {
    const body = await this.#request('portals/inject', fault);
    return readMessage(injectedMessage, body, 'portals/inject').fault;
  }

  async enabled(): Promise<EnabledChoice[]> {
    const body = await this.#request('portals/enabled', undefined);
    return readMessage(enabledMessage, body, 'portals/enabled').choices;
  }

  async continuations(): Promise<PendingContinuation[]> {
    const body = await this.#request('portals/continuations', undefined);
    return readMessage(continuationsMessage, body, 'portals/continuations').continuations;
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
