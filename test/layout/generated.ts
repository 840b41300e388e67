import fc from 'fast-check';
import type { Topology } from '../../runtime/index.ts';
import { type AppWriter, TopologyWriter } from './topologies.ts';

/** One element of a generated application; numbers select existing elements. */
type Step =
  | { readonly kind: 'workflow'; readonly input: number; readonly tasks: number }
  | { readonly kind: 'sequencer'; readonly inputs: readonly number[] }
  | { readonly kind: 'splitter'; readonly input: number; readonly splits: readonly string[] }
  | { readonly kind: 'portal'; readonly replier: number; readonly askers: readonly number[] }
  | { readonly kind: 'connect'; readonly from: number; readonly sequencer: number };

const pick = fc.nat(1000);
const name = fc.oneof(
  fc.constantFrom('a', 'byUser', 'a-rather-long-name-with-many-words-in-it', 'größe', '名前'),
  fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll(/[/\s|]/g, '_')),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('workflow' as const), input: pick, tasks: fc.nat(5) }),
  fc.record({
    kind: fc.constant('sequencer' as const),
    inputs: fc.array(pick, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('splitter' as const),
    input: pick,
    splits: fc.uniqueArray(name, { minLength: 0, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('portal' as const),
    replier: pick,
    askers: fc.array(pick, { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('connect' as const), from: pick, sequencer: pick }),
);

/** Topologies of one to three applications that read each other's streams, cycles included. */
export const generatedTopology: fc.Arbitrary<Topology> = fc
  .array(fc.array(step, { maxLength: 9 }), { minLength: 1, maxLength: 3 })
  .map((applications) => {
    const topology = new TopologyWriter();
    const made: Made = { streams: [], tasks: [], sequencers: [], seen: new Set() };
    for (const [index, steps] of applications.entries()) {
      const app = topology.app(`app${index}`);
      made.streams.push(app.generator('$1'));
      for (const [number, one] of steps.entries()) add(app, one, number, made);
    }
    return topology.build();
  });

interface Made {
  readonly streams: string[];
  readonly tasks: string[];
  readonly sequencers: string[];
  /** Edges are unique, as in the runtime. */
  readonly seen: Set<string>;
}

function add(app: AppWriter, one: Step, number: number, made: Made): void {
  const once = (from: string, to: string, write: () => void): void => {
    const edge = `${from} ${to}`;
    if (!made.seen.has(edge)) write();
    made.seen.add(edge);
  };
  switch (one.kind) {
    case 'workflow': {
      const tasks = Array.from({ length: one.tasks }, (_, index) => `t${index}:map`);
      const path = app.workflow(`w${number}`, at(made.streams, one.input), tasks);
      made.streams.push(path);
      made.tasks.push(...tasks.map((_, index) => `${path}/t${index}`));
      return;
    }
    case 'sequencer': {
      const inputs = new Set(one.inputs.map((input) => at(made.streams, input)));
      const path = app.sequencer(`s${number}`, ...inputs);
      for (const input of inputs) made.seen.add(`${input} ${path}`);
      made.streams.push(path);
      made.sequencers.push(path);
      return;
    }
    case 'splitter':
      made.streams.push(...app.splitter(`p${number}`, at(made.streams, one.input), one.splits));
      return;
    case 'portal': {
      const portal = app.portal(`m${number}`);
      if (made.tasks.length === 0) return;
      app.reply(at(made.tasks, one.replier), portal);
      for (const asker of new Set(one.askers.map((number) => at(made.tasks, number)))) {
        app.ask(asker, portal);
      }
      return;
    }
    case 'connect': {
      if (made.sequencers.length === 0) return;
      const [from, to] = [at(made.streams, one.from), at(made.sequencers, one.sequencer)];
      once(from, to, () => app.stream(from, to));
    }
  }
}

function at(items: readonly string[], index: number): string {
  return items[index % items.length] ?? '';
}
