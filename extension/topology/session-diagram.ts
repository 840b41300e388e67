import type { TopologyBody } from '../../debug-adapter/protocol.ts';
import type { Direction, Layout } from '../../layout/index.ts';
import type { CallSite, Topology } from '../../runtime/index.ts';
import type { PanelDirection, PanelStatus } from '../../webview/topology/messages.ts';
import { betterLayout, fitsWell, type PanelSize } from './direction.ts';
import type { LayoutClient } from './layout-client.ts';

/** The topology of one session and its layout. */
export class SessionDiagram {
  readonly #layouts: LayoutClient;
  readonly #load: () => Promise<TopologyBody>;
  #body: TopologyBody | undefined;
  /** The direction that suits the panel. */
  #chosen: Direction | 'neither' = 'neither';
  #paths: ReadonlySet<string> = new Set();

  /** `load` requests the current topology from the debug adapter. */
  constructor(layouts: LayoutClient, load: () => Promise<TopologyBody>) {
    this.#layouts = layouts;
    this.#load = load;
  }

  /** Loads the topology unless it already contains every unit of `status`. */
  async update(status: PanelStatus): Promise<void> {
    const units = Object.keys(status.units);
    if (this.#body !== undefined && units.every((unit) => this.#paths.has(unit))) return;
    this.#body = await this.#load();
    this.#paths = new Set(this.#body.topology.nodes.map(({ path }) => path));
  }

  /** Identifies the topology; empty until it is loaded. */
  get hash(): string {
    return this.#body?.hash ?? '';
  }

  async layout(requested: PanelDirection, panel: PanelSize): Promise<Layout | undefined> {
    if (this.#body === undefined) return undefined;
    const { topology, hash } = this.#body;
    const inDirection = (direction: Direction): Promise<Layout> =>
      this.#layouts.layout(topology, hash, direction);
    if (requested !== 'auto') return inDirection(requested);
    const right = await inDirection('right');
    const better =
      this.#chosen !== 'down' && fitsWell(right, panel)
        ? right
        : betterLayout(right, await inDirection('down'), panel, this.#chosen);
    this.#chosen = better.direction;
    return better;
  }

  /** The builder call of an element (its path) or an edge (its id). */
  siteOf(target: string): CallSite | undefined {
    const { applications, nodes, edges } = this.#body?.topology ?? EMPTY_TOPOLOGY;
    const item =
      nodes.find(({ path }) => path === target) ??
      edges.find(({ id }) => id === target) ??
      applications.find(({ path }) => path === target);
    return item?.site;
  }

  /** All of {@link siteOf}, as `file:line`, for tooltips. */
  get sites(): Record<string, string> {
    const { applications, nodes, edges } = this.#body?.topology ?? EMPTY_TOPOLOGY;
    const located = [
      ...[...applications, ...nodes].map(({ path, site }) => [path, site] as const),
      ...edges.map(({ id, site }) => [id, site] as const),
    ];
    return Object.fromEntries(
      located.flatMap(([target, site]) => {
        if (site === undefined) return [];
        return [[target, `${site.url.replace(/^.*[\\/]/, '')}:${site.line}`]];
      }),
    );
  }
}

const EMPTY_TOPOLOGY: Topology = { applications: [], nodes: [], edges: [] };
