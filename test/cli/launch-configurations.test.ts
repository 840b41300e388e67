import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { invoke } from './invoke.ts';

interface Configuration {
  readonly name: string;
  readonly program: string;
  readonly faults?: readonly string[];
  readonly schedule?: string;
  readonly seed?: number;
  readonly snapshotEvery?: number;
}

const FILE = 'examples/.vscode/launch.json';
const { config } = ts.parseConfigFileTextToJson(FILE, readFileSync(FILE, 'utf8')) as {
  config: { configurations: Configuration[] };
};

/** Those that name a program; `${file}` stands for whatever is open. */
const named = config.configurations.filter(({ program }) => !program.endsWith('{file}'));
assert.ok(named.length > 0);

for (const { name, program, faults = [], schedule, seed, snapshotEvery } of named) {
  test(`the launch configuration '${name}' does what it says`, async () => {
    const file = `examples/${basename(program)}`;
    const flags = [
      ...faults.flatMap((fault) => ['--fault', fault]),
      ...(schedule === undefined ? [] : ['--schedule', schedule]),
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
      ...(snapshotEvery === undefined ? [] : ['--snapshot-every', String(snapshotEvery)]),
    ];
    const { code, err } = await invoke('run', file, ...flags);
    assert.equal(code, 0, err);
    for (const fault of faults) {
      const [unit] = fault.slice('crash:'.length).split('@');
      assert.match(
        err,
        new RegExp(`triggered; it rolls (back|forward)\\n.*${unit?.split('/')[3]}.* recovered`),
      );
    }
    assert.doesNotMatch(err, /warning/);
  });
}
