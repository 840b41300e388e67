import type { StatusBody } from '../../../debug-adapter/protocol.ts';
import { type Direction, type Layout, layoutTopology } from '../../../layout/index.ts';
import type { Topology } from '../../../runtime/index.ts';
import type { PanelSession } from '../../../webview/panel/messages.ts';
import type { HostMessage, PanelMessage } from '../../../webview/topology/messages.ts';
import { PanelBrowser } from '../panel-browser.ts';
import { PanelPage } from '../panel-page.ts';

/** Opens topology panels until it is closed. */
export function launchTopology(): Promise<PanelBrowser<TopologyPage>> {
  return PanelBrowser.launch('topology', TopologyPage);
}

/** The topology panel and its content. */
export class TopologyPage extends PanelPage<HostMessage, PanelMessage> {
  /** Shows `topology`, laid out for real, and a status of it. */
  async show(
    topology: Topology,
    status?: StatusBody,
    direction: Direction = 'right',
    session: PanelSession = { state: 'running', name: 'shop.js' },
  ): Promise<void> {
    const layout = await this.layoutOf(topology, direction);
    const sites = Object.fromEntries(
      [...topology.nodes, ...topology.edges].map((item) => [
        'path' in item ? item.path : item.id,
        `app.js:${item.site?.line}`,
      ]),
    );
    await this.send({ type: 'session', session });
    await this.send({ type: 'layout', key: `${topology.applications[0]?.path}`, layout, sites });
    if (status !== undefined) await this.send({ type: 'status', status });
  }

  layoutOf(topology: Topology, direction: Direction = 'right'): Promise<Layout> {
    return layoutTopology(topology, direction);
  }

  /** The values of an attribute in the diagram, sorted. */
  async drawn(attribute: string): Promise<string[]> {
    return this.tab.evaluate<string[]>(
      `[...document.querySelectorAll('.view [${attribute}]')]` +
        `.map((element) => element.getAttribute('${attribute}')).sort()`,
    );
  }

  /** The texts of the badges of a kind, sorted. */
  async badges(kind: string): Promise<string[]> {
    const texts = await this.tab.locator(`.view .badge.${kind} text`).allTextContents();
    return texts.sort();
  }

  /** The paths of the elements with a class. */
  async marked(className: string): Promise<string[]> {
    const paths = await this.tab.evaluate<string[]>(
      `[...document.querySelectorAll('.view .${className}')].map(({ dataset }) => dataset.path)`,
    );
    return [...new Set(paths)].sort();
  }

  /** The scale of the diagram. */
  async scale(): Promise<number> {
    const transform = await this.tab.locator('.view > .root').getAttribute('transform');
    return Number(/scale\(([\d.]+)\)/.exec(transform ?? '')?.[1]);
  }
}
