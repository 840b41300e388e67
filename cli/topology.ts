import { dotOf, layoutTopology, svgOf } from '../layout/index.ts';
import {
  bundle,
  formatPosition,
  loadRuntimeCode,
  type Positions,
  Program,
} from '../program/index.ts';
import { type CallSite, DEFAULT_OPTIONS, type Topology } from '../runtime/index.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Sink } from './sink.ts';

/** The options of `portals topology`. */
export interface TopologyFlags {
  readonly format: 'svg' | 'json' | 'dot';
}

/** Prints the graph of the applications that the program in `file` launches, without running. */
export async function topology(
  file: string,
  { format }: TopologyFlags,
  sink: Sink,
): Promise<ExitCode> {
  const bundled = await bundle(file);
  const program = new Program(bundled, await loadRuntimeCode(), {
    ...DEFAULT_OPTIONS,
    // A program that drives the system itself launches everything, but takes no step.
    maxSteps: 0,
  });
  program.load();
  const shape = program.runtime.simulator.inspect.topology();
  switch (format) {
    case 'json':
      sink.out(JSON.stringify(withSources(shape, program.positions), undefined, 2));
      break;
    case 'svg':
      sink.out(svgOf(await layoutTopology(shape)).trimEnd());
      break;
    case 'dot':
      sink.out(dotOf(shape).trimEnd());
      break;
  }
  return EXIT.held;
}

/** Positions in the bundled script mean nothing to a reader; those in the sources do. */
function withSources(shape: Topology, positions: Positions): object {
  const located = <Item extends { readonly site?: CallSite }>({ site, ...rest }: Item): object => {
    const source = positions.ofCallSite(site);
    return { ...rest, ...(source && { source: formatPosition(source, process.cwd()) }) };
  };
  return {
    applications: shape.applications.map(located),
    nodes: shape.nodes.map(located),
    edges: shape.edges.map(located),
  };
}
