import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { checkGolden } from '../golden.ts';
import { invoke } from './invoke.ts';

const EXAMPLES = readdirSync('examples').filter((name) => /\.[jt]s$/.test(name));

for (const name of EXAMPLES) {
  test(`${name} runs as its golden output says`, async () => {
    const { code, out, err } = await invoke('run', `examples/${name}`);
    assert.equal(code, 0);
    // The hash is compared between runs below; its value is no promise.
    const summary = err.replace(/state [0-9a-f]+/, 'state …');
    checkGolden(new URL(`golden/${name}.txt`, import.meta.url), `${out}\n--\n${summary}\n`);
  });

  test(`${name} gives the same JSON twice, for seeds and schedules`, async () => {
    for (const flags of [[], ['--schedule', 'random', '--seed', '7']]) {
      const line = ['run', `examples/${name}`, '--json', ...flags];
      const first = await invoke(...line);
      assert.deepEqual(await invoke(...line), first);
      for (const text of first.out.split('\n')) {
        const { kind, step } = JSON.parse(text) as { kind: unknown; step: unknown };
        assert.equal(typeof kind, 'string');
        assert.equal(typeof step, 'number');
      }
    }
  });

  test(`${name} has the same topology twice`, async () => {
    const first = await invoke('topology', `examples/${name}`, '--format', 'json');
    assert.equal(first.code, 0);
    assert.deepEqual(await invoke('topology', `examples/${name}`, '--format', 'json'), first);
    const { nodes } = JSON.parse(first.out) as { nodes: { source?: string }[] };
    for (const { source } of nodes) assert.match(source ?? '', /^examples\/[^:]+:\d+:\d+$/);
  });

  test(`${name} has a picture, as SVG and as DOT, that shows all of its topology`, async () => {
    const json = await invoke('topology', `examples/${name}`, '--format', 'json');
    const { nodes } = JSON.parse(json.out) as { nodes: { path: string }[] };
    for (const [format, start] of [
      ['svg', '<svg'],
      ['dot', 'digraph'],
    ] as const) {
      const { code, out, err } = await invoke('topology', `examples/${name}`, '--format', format);
      assert.equal(code, 0, err);
      assert.ok(out.startsWith(start));
      assert.doesNotMatch(out, /(width|height)="0"/);
      for (const { path } of nodes) assert.ok(out.includes(path), `${format} shows ${path}`);
    }
  });
  test(`${name} is drawn with all that its topology names`, async () => {
    const json = await invoke('topology', `examples/${name}`, '--format', 'json');
    const { nodes } = JSON.parse(json.out) as { nodes: { path: string }[] };
    for (const [format, start] of [
      ['svg', '<svg '],
      ['dot', 'digraph '],
    ] as const) {
      const { code, out } = await invoke('topology', `examples/${name}`, '--format', format);
      assert.equal(code, 0);
      assert.ok(out.startsWith(start));
      for (const { path } of nodes) assert.ok(out.includes(path), `${path} in ${format}`);
    }
  });
}
