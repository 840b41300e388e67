import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../scripts/project.mjs';

/** What a folder may import of the others: the invariants of ARCHITECTURE.md. */
const allowed: Readonly<Record<string, readonly RegExp[]>> = {
  runtime: [],
  program: [/^runtime\/index\.ts$/],
  'debug-adapter': [/^(runtime|program)\/index\.ts$/],
  layout: [/^type runtime\/index\.ts$/],
  cli: [/^(runtime|program|layout)\/index\.ts$/],
  webview: [
    /^type runtime\/index\.ts$/,
    /^layout(\/drawing)?\/index\.ts$/,
    /^debug-adapter\/protocol\.ts$/,
  ],
  extension: [
    /^type runtime\/index\.ts$/,
    /^debug-adapter\/protocol\.ts$/,
    /^layout\/index\.ts$/,
    /^webview\/[a-z]+\/messages\.ts$/,
  ],
};
/** Where each folder runs says which modules it can have. */
const platforms: Readonly<Record<string, RegExp>> = {
  runtime: /^$/,
  webview: /^(?!node:|vscode$)/,
  extension: /^/,
};
const anywhereElse = /^(?!vscode$)/;
const linesMax = 350;

for (const [folder, others] of Object.entries(allowed)) {
  test(`${folder}/ imports only what it may`, () => {
    const packages = platforms[folder] ?? anywhereElse;
    const mayImport = ({ name, typeOnly }: Import) => {
      const [first = ''] = name.split('/');
      if (first === folder) return true;
      if (!(first in allowed)) return packages.test(name);
      return others.some((rule) => rule.test(name) || (typeOnly && rule.test(`type ${name}`)));
    };
    const strays = sourcesOf(folder).flatMap((file) =>
      importsOf(file)
        .filter((imported) => !mayImport(imported))
        .map(({ name }) => `${file} imports ${name}`),
    );
    assert.deepEqual(strays, []);
  });
}

test(`no file is longer than ${linesMax} lines`, () => {
  const folders = [...Object.keys(allowed), 'scripts', 'test', 'examples'];
  const lengths = folders.flatMap(sourcesOf).map((file) => ({ file, lines: linesOf(file) }));
  assert.deepEqual(
    lengths.filter(({ lines }) => lines > linesMax),
    [],
  );
});

function sourcesOf(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return entries.filter((file) => /\.(ts|mjs|js)$/.test(file)).map((file) => `${folder}/${file}`);
}

/** Packages are named as written, files of the project by their paths from its root. */
interface Import {
  readonly name: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const statements = read(file).matchAll(
    /^(?:import|export)\s(type\s)?[^;]*?from '([^'$]+)'|\bimport\('([^'$]+)'\)/gm,
  );
  return [...statements].map(([, type, named, dynamic]) => {
    const name = named ?? dynamic ?? '';
    return {
      name: name.startsWith('.') ? join(dirname(file), name) : name,
      typeOnly: type !== undefined,
    };
  });
}

function linesOf(file: string): number {
  return read(file).split('\n').length - 1;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
