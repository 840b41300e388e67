import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type EventRecord, preview, type Topology } from '../../../runtime/index.ts';
import type { Run } from '../run-program.ts';
import { generated } from './generated.ts';
import { RUNS, settings } from './settings.ts';

test('a sequencer interleaves the non-empty atoms of its inputs, each in its order', () => {
  fc.assert(
    fc.property(generated, settings, (app, options) => {
      const { run, topology } = app.observe(options);
      for (const { path, stream } of nodes(topology, 'sequencer')) {
        const inputs = sources(topology, path).map((source) => filled(atoms(run, source)));
        assert.ok(isInterleaving(atoms(run, stream), inputs), path);
      }
    }),
    RUNS,
  );
});

test('a splitter routes each event to the first split that accepts it, in order', () => {
  fc.assert(
    fc.property(generated, settings, (app, options) => {
      const { run, topology } = app.observe(options);
      for (const splitter of nodes(topology, 'splitter')) {
        const source = sources(topology, splitter.path).flatMap((path) => atoms(run, path));
        for (const split of nodes(topology, 'split')) {
          if (split.parent !== splitter.path) continue;
          // The predicates of generated splits accept one remainder each.
          const accepted = (event: string) => Number(/-?\d+/.exec(event)?.[0]) % 3 === +split.name;
          const expected = filled(source.map((atom) => atom.filter(accepted)));
          assert.deepEqual(filled(atoms(run, split.stream)), expected, split.path);
        }
      }
    }),
    RUNS,
  );
});

test('no stream has an atom after its seal', () => {
  fc.assert(
    fc.property(generated, settings, (app, options) => {
      for (const text of Object.values(app.run(options).streams)) {
        assert.match(text, /^((?!seal).)*(seal)?$/);
      }
    }),
    RUNS,
  );
});

function nodes(topology: Topology, kind: string): Topology['nodes'] {
  return topology.nodes.filter((node) => node.kind === kind);
}

function sources(topology: Topology, consumer: string): string[] {
  return topology.edges.flatMap(({ kind, to, stream }) =>
    kind === 'stream' && to === consumer && stream !== undefined ? [stream] : [],
  );
}

/** The committed atoms of a stream, each a list of its events' texts. */
function atoms({ notices }: Run, stream: string | undefined): string[][] {
  return notices
    .flatMap((notice) => (notice.kind === 'committed' ? notice.effects : []))
    .flatMap((effect) =>
      effect.kind === 'atom' && effect.stream === stream ? [effect.events.map(show)] : [],
    );
}

function show({ key, value }: EventRecord): string {
  return `${preview(value)} under ${preview(key)}`;
}

function filled(all: readonly string[][]): string[][] {
  return all.filter((atom) => atom.length > 0);
}

/** Whether `merged` is all of `inputs`, each in its order. */
function isInterleaving(merged: readonly string[][], inputs: readonly string[][][]): boolean {
  let positions = new Set([inputs.map(() => 0).join()]);
  for (const atom of merged) {
    const text = atom.join();
    const next = new Set<string>();
    for (const position of positions) {
      const taken = position.split(',').map(Number);
      for (const [at, input] of inputs.entries()) {
        if (input[taken[at] ?? 0]?.join() !== text) continue;
        next.add(taken.map((count, other) => count + (other === at ? 1 : 0)).join());
      }
    }
    positions = next;
  }
  return positions.has(inputs.map((input) => input.length).join());
}
