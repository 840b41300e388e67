import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../scripts/project.mjs';

/** The style rules of CONTRIBUTING.md that neither Biome nor knip checks. */
const COLUMNS_MAX = 100;
/** The formatter takes care of lines of code. */
const COMMENT = /^\s*(\/\*|\*|\/\/)/;
/** Names that say nothing about what is behind them. */
const EMPTY_NAMES = /^(utils?|helpers?|common|managers?|misc|shared|lib|stuff)$/i;

const TESTING = ['test', 'it', 'suite', 'describe'];

const FOLDERS = [
  'runtime',
  'program',
  'debug-adapter',
  'layout',
  'cli',
  'webview',
  'extension',
  'bench',
  'scripts',
  'test',
];

/** A limit of the time of a conversation, and this test. */
const TIMERS = ['test/debug-adapter/fuzz/fuzz.test.ts', 'test/style.test.ts'];

interface Source {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

const sources: readonly Source[] = FOLDERS.flatMap((folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.(ts|mjs)$/.test(file) && !/\.d\.(ts|mts)$/.test(file))
    .map((file) => {
      const path = `${folder}/${file}`;
      const text = readFileSync(join(root, path), 'utf8');
      return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
    });
});

test('names say what is behind them', () => {
  const empty = sources.filter(({ path }) =>
    path.split('/').some((part) => EMPTY_NAMES.test(basename(part).replace(/\..*$/, ''))),
  );
  assert.deepEqual(paths(empty), []);
});

test(`no line of a comment is longer than ${COLUMNS_MAX} columns`, () => {
  const long = sources.flatMap(({ path, tree }) =>
    tree.text.split('\n').flatMap((line, at) => {
      return COMMENT.test(line) && [...line].length > COLUMNS_MAX ? [`${path}:${at + 1}`] : [];
    }),
  );
  assert.deepEqual(long, []);
});

test('no test sleeps for a fixed time', () => {
  const sleeping = sources.filter(
    ({ path, tree }) =>
      path.endsWith('.test.ts') &&
      !TIMERS.includes(path) &&
      /\bsetTimeout\b|timers\/promises/.test(tree.text),
  );
  assert.deepEqual(paths(sleeping), []);
});

test('no test is singled out or skipped', () => {
  const single: string[] = [];
  for (const { path, tree } of sources) {
    if (!path.startsWith('test/')) continue;
    visit(tree, (node) => {
      if (!ts.isPropertyAccessExpression(node)) return;
      const callee = node.expression.getText();
      if (TESTING.includes(callee) && ['only', 'skip', 'todo'].includes(node.name.text)) {
        single.push(`${path}: ${node.getText()}`);
      }
    });
  }
  assert.deepEqual(single, []);
});

function paths(some: readonly Source[]): string[] {
  return some.map(({ path }) => path);
}

function visit(node: ts.Node, action: (node: ts.Node) => void): void {
  action(node);
  ts.forEachChild(node, (child) => visit(child, action));
}
