import type { Notice, Path, Topology } from '../../runtime/index.ts';

/** As many steps are looked back on. */
const STEPS_MAX = 1000;

/** Fewer steps say nothing about what a run would do without end. */
const STEPS_MIN = 10;

/** What keeps an endless run going. Plain data. */
export interface Activity {
  /** How many of the last steps each unit has made, the busiest first. */
  readonly units: readonly { readonly unit: Path; readonly steps: number }[];
  /** Units that pass atoms, requests or replies in a circle; empty if there is none. */
  readonly cycle: readonly Path[];
  /** The streams and portals of the cycle. */
  readonly through: readonly Path[];
  /** Generators that have not ended. */
  readonly generators: readonly Path[];
}

/** Remembers which units made the last steps of a run. */
export class RecentSteps {
  private readonly units: Path[] = [];
  private count = 0;
  /** The run was stopped because it had made as many steps as it may. */
  hitLimit = false;

  onNotice(notice: Notice): void {
    if (notice.kind === 'rested') this.hitLimit = notice.reason === 'max-steps';
    if (notice.kind !== 'committed') return;
    this.units[this.count % STEPS_MAX] = notice.unit;
    this.count += 1;
  }

  /** Half of the steps: a short run has more in the other half than what keeps it going. */
  private get latest(): readonly Path[] {
    const oldest = this.count > STEPS_MAX ? this.count % STEPS_MAX : 0;
    const inOrder = [...this.units.slice(oldest), ...this.units.slice(0, oldest)];
    return inOrder.slice(Math.floor(inOrder.length / 2));
  }

  /** What keeps the run going, judged by the last steps; `undefined` after a few only. */
  activity(topology: Topology): Activity | undefined {
    if (this.count < STEPS_MIN) return undefined;
    const counts = new Map<Path, number>();
    for (const unit of this.latest) counts.set(unit, (counts.get(unit) ?? 0) + 1);
    const units = [...counts].map(([unit, steps]) => ({ unit, steps }));
    units.sort((one, other) => other.steps - one.steps);
    const generators = topology.nodes
      .filter(({ kind, path }) => kind === 'generator' && counts.has(path))
      .map(({ path }) => path);
    const links = linksOf(topology).filter(({ from, to }) => counts.has(from) && counts.has(to));
    // What a generator feeds is no circle of its own, even where replies come back.
    const circular = generators.length > 0 ? links.filter(({ kind }) => kind === 'stream') : links;
    const cycle = shortestCycle(
      units.map(({ unit }) => unit),
      circular,
    );
    return {
      units,
      cycle: cycle.map(({ from }) => from),
      through: [...new Set(cycle.map(({ through }) => through))],
      generators,
    };
  }
}

/** What keeps the run going, as a sentence. */
export function activityText({ units, cycle, through, generators }: Activity): string {
  const causes = generators.map((path) => `the generator ${path} has not ended`);
  if (cycle.length > 0) {
    const around = [...cycle, ...cycle.slice(0, 1)].join(' → ');
    causes.push(`${around} go round in a circle through ${through.join(', ')}`);
  }
  const busiest = units.slice(0, UNITS_MAX).map(({ unit, steps }) => `${unit} (${steps})`);
  if (causes.length === 0) causes.push(`the busiest units are ${busiest.join(', ')}`);
  return causes.join('; ');
}

const UNITS_MAX = 5;

interface Link {
  readonly kind: 'stream' | 'message';
  readonly from: Path;
  readonly to: Path;
  readonly through: Path;
}

/** From unit to unit: the streams, and the portals in both directions. */
function linksOf({ nodes, edges }: Topology): Link[] {
  const parents = new Map(nodes.map(({ path, parent }) => [path, parent ?? path]));
  const unitOf = (path: Path) => parents.get(path) ?? path;
  return edges.flatMap((edge): Link[] => {
    const [from, to] = [unitOf(edge.from), unitOf(edge.to)];
    if (edge.kind === 'stream') {
      return [{ kind: 'stream', from, to, through: edge.stream ?? edge.from }];
    }
    if (edge.kind !== 'request') return [];
    const repliers = edges.filter(({ kind, from: portal }) => {
      return kind === 'reply' && portal === edge.to;
    });
    return repliers.flatMap((reply): Link[] => {
      const replier = unitOf(reply.to);
      const message = { kind: 'message', through: edge.to } as const;
      return [
        { ...message, from, to: replier },
        { ...message, from: replier, to: from },
      ];
    });
  });
}

/** The shortest circle through the first of `units` that is in one. */
function shortestCycle(units: readonly Path[], links: readonly Link[]): readonly Link[] {
  for (const start of units) {
    const reached = new Set<Path>();
    let routes: readonly (readonly Link[])[] = [[]];
    while (routes.length > 0) {
      const longer: (readonly Link[])[] = [];
      for (const route of routes) {
        const end = route.at(-1)?.to ?? start;
        for (const link of links) {
          if (link.from !== end || reached.has(link.to)) continue;
          const extended = [...route, link];
          if (link.to === start) return extended;
          reached.add(link.to);
          longer.push(extended);
        }
      }
      routes = longer;
    }
  }
  return [];
}
