import type {
  EdgeKind,
  NodeKind,
  Path,
  TaskKind,
  Topology,
  TopologyEdge,
  TopologyNode,
} from '../../runtime/index.ts';

/** Builds topologies concisely. */
export class TopologyWriter {
  readonly nodes: TopologyNode[] = [];
  readonly edges: TopologyEdge[] = [];
  readonly applications: Topology['applications'][number][] = [];
  #line = 0;

  app(name: string): AppWriter {
    const path = `/${name}` as Path;
    this.applications.push({ path, ...this.site() });
    return new AppWriter(this, path);
  }

  site(): { site: { url: string; line: number; column: number } } {
    this.#line += 1;
    return { site: { url: '/shop/app.js', line: this.#line, column: 3 } };
  }

  edge(kind: EdgeKind, from: string, to: string, stream?: string): void {
    const id = `${kind}:${from}->${to}`;
    const own = stream === undefined ? {} : { stream: stream as Path };
    this.edges.push({ id, kind, from: from as Path, to: to as Path, ...own, ...this.site() });
  }

  build(): Topology {
    return { applications: this.applications, nodes: this.nodes, edges: this.edges };
  }
}

/** Adds elements to one application; every method returns the new element's path. */
export class AppWriter {
  readonly topology: TopologyWriter;
  readonly path: Path;

  constructor(topology: TopologyWriter, path: Path) {
    this.topology = topology;
    this.path = path;
  }

  generator(name: string): Path {
    return this.#add('generator', `${this.path}/generators/${name}`, { stream: true });
  }

  portal(name: string): Path {
    return this.#add('portal', `${this.path}/portals/${name}`, {});
  }

  sequencer(name: string, ...inputs: string[]): Path {
    const path = this.#add('sequencer', `${this.path}/sequencers/${name}`, { stream: true });
    for (const input of inputs) this.stream(input, path);
    return path;
  }

  splitter(name: string, input: string, splits: readonly string[]): Path[] {
    const path = this.#add('splitter', `${this.path}/splitters/${name}`, {});
    this.stream(input, path);
    return splits.map((split) =>
      this.#add('split', `${path}/${split}`, { stream: true, parent: path }),
    );
  }

  /** A workflow whose tasks, `name:kind`, follow each other in a chain. */
  workflow(name: string, input: string, tasks: readonly string[]): Path {
    const path = this.#add('workflow', `${this.path}/workflows/${name}`, { stream: true });
    this.stream(input, path);
    const paths = tasks.map((task) => {
      const [own = '', taskKind] = task.split(':');
      const kind = taskKind as TaskKind;
      return this.#add('task', `${path}/${own}`, { parent: path, taskKind: kind });
    });
    let before: string = path;
    for (const task of paths) {
      this.topology.edge(before === path ? 'source' : 'flow', before, task);
      before = task;
    }
    this.topology.edge('sink', before, path);
    return path;
  }

  stream(from: string, to: string): void {
    this.topology.edge('stream', from, to, `${from}/stream`);
  }

  ask(task: string, portal: string): void {
    this.topology.edge('request', task, portal);
  }

  reply(task: string, portal: string): void {
    this.topology.edge('reply', portal, task);
  }

  #add(
    kind: NodeKind,
    path: string,
    more: { stream?: boolean; parent?: Path; taskKind?: TaskKind },
  ): Path {
    const own = path as Path;
    const { stream, ...rest } = more;
    this.topology.nodes.push({
      path: own,
      kind,
      name: path.slice(path.lastIndexOf('/') + 1),
      application: this.path,
      ...rest,
      ...(stream === true && { stream: `${path}/stream` as Path }),
      ...this.topology.site(),
    });
    return own;
  }
}

export function wordCount(): Topology {
  const topology = new TopologyWriter();
  const app = topology.app('wordcount');
  const lines = app.generator('lines');
  const tasks = ['split:flatMap', 'byWord:key', 'count:processor', '$5:logger'];
  app.workflow('count', lines, tasks);
  return topology.build();
}

export function shoppingCart(): Topology {
  const topology = new TopologyWriter();
  const app = topology.app('shop');
  const restock = app.generator('restock');
  const clicks = app.generator('clicks');
  const inventoryPortal = app.portal('inventory');
  const ordersPortal = app.portal('orders');
  const cart = app.workflow('cart', clicks, ['byUser:key', 'cart:asker', '$7:filter']);
  const inventory = app.workflow('inventory', restock, ['stock:replier']);
  const checkouts = app.splitter('checkouts', cart, ['checkout', 'abandoned']);
  const orders = app.workflow('orders', checkouts[0] ?? '', ['order:asker-replier']);
  const merged = app.sequencer('events', orders, checkouts[1] ?? '', inventory);
  app.workflow('analytics', merged, ['byItem:key', 'topTen:processor', '$14:logger']);
  app.ask(`${cart}/cart`, inventoryPortal);
  app.ask(`${orders}/order`, inventoryPortal);
  app.reply(`${inventory}/stock`, inventoryPortal);
  app.ask(`${cart}/cart`, ordersPortal);
  app.reply(`${orders}/order`, ordersPortal);
  return topology.build();
}

export function recursiveCycle(): Topology {
  const topology = new TopologyWriter();
  const app = topology.app('cycle');
  const seedling = app.generator('$1');
  const sequencer = app.sequencer('$2', seedling);
  const loop = app.workflow('loop', sequencer, ['$4:map', '$5:filter']);
  app.stream(loop, sequencer);
  return topology.build();
}

/** Two applications that meet through the registry. */
export function twoApplications(): Topology {
  const topology = new TopologyWriter();
  const producer = topology.app('sensors');
  const readings = producer.generator('readings');
  const clean = producer.workflow('clean', readings, ['drop-outliers:filter', '$3:map']);
  const consumer = topology.app('dashboards');
  const alerts = consumer.workflow('alerts', clean, ['threshold:processor', '$2:logger']);
  const portal = consumer.portal('latest');
  const latest = consumer.workflow('latest', clean, ['remember:replier']);
  consumer.reply(`${latest}/remember`, portal);
  consumer.ask(`${alerts}/threshold`, portal);
  return topology.build();
}

/** A large topology of `nodes` elements or a few more, as generated programs may have. */
export function large(nodes: number): Topology {
  const topology = new TopologyWriter();
  const app = topology.app('large');
  let layer: string[] = Array.from({ length: 6 }, (_, index) => app.generator(`input-${index}`));
  for (let stage = 1; topology.nodes.length < nodes; stage += 1) {
    const next = layer.map((input, index) => {
      const tasks = ['byKey:key', 'fold:processor', 'emit:map', 'tidy:filter'];
      return app.workflow(`stage-${stage}-${index}`, input, tasks.slice(0, 2 + (index % 3)));
    });
    const merged = app.sequencer(`merge-${stage}`, next[0] ?? '', next[1] ?? '');
    layer = [merged, ...next.slice(1)];
  }
  return topology.build();
}
