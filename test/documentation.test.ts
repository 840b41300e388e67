import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../scripts/project.mjs';

const WALK_THROUGHS = 'docs/development/walk-throughs.md';
/** A walk-through that needs more files shows that the code takes too many turns. */
const FILES_PER_WALK_THROUGH_MAX = 20;

const documents = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

const folders = ['runtime', 'program', 'debug-adapter', 'layout', 'cli', 'webview', 'extension'];
const sources = [...folders, 'scripts', 'bench', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
);

for (const document of documents) {
  const text = read(document);

  test(`the files that ${document} names exist`, () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) =>
      join(dirname(document), path),
    );
    const named = [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)*\/?)`/g)].flatMap(([, path = '']) =>
      isPath(path) ? [path] : [],
    );
    const missing = [...links, ...named].filter((path) => !existsSync(join(root, path)));
    assert.deepEqual(missing, []);
  });

  test(`the environment variables and error codes that ${document} names are in use`, () => {
    const names = [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
    const unknown = new Set(names.filter((name) => !sources.some((code) => code.includes(name))));
    assert.deepEqual([...unknown], []);
  });
}

for (const { title, steps } of walkThroughs()) {
  test(`walk-through "${title}": each file exists and exports what is named`, () => {
    assert.ok(steps.length > 0, 'it names files');
    const files = new Set(steps.map(({ file }) => file));
    assert.ok(files.size <= FILES_PER_WALK_THROUGH_MAX, `${files.size} files`);
    for (const { file, names } of steps) {
      assert.ok(existsSync(join(root, file)), `${file} exists`);
      const exported = exportsOf(file);
      for (const name of names) assert.ok(exported.has(name), `${file} exports ${name}`);
    }
  });
}

/** The folders and files that the project generates are there only after a build. */
function isPath(text: string): boolean {
  if (/^(dist|test-results|\.vscode-test|node_modules)\b/.test(text)) return false;
  const [first = '', ...others] = text.split('/');
  if (others.length > 0) return existsSync(join(root, first));
  return /^[A-Z]+\.md$/.test(text);
}

interface Step {
  readonly file: string;
  readonly names: readonly string[];
}

/** The sections of the walk-throughs, and the files that their numbered lists name. */
function walkThroughs(): { title: string; steps: Step[] }[] {
  const sections = read(WALK_THROUGHS).split(/^## /m).slice(1);
  return sections.map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    steps: [...section.matchAll(/^\d+\. `([^`]+)`, ((?:`[^`]+`(?:, )?)+)/gm)].map(
      ([, file = '', names = '']) => ({ file, names: names.match(/[\w.]+/g) ?? [] }),
    ),
  }));
}

/** What a file exports, as `name` or, for a member of a class or interface, `Name.member`. */
function exportsOf(file: string): Set<string> {
  const names = new Set<string>();
  const tree = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  for (const statement of tree.statements) {
    if (!ts.canHaveModifiers(statement)) continue;
    const modifiers = ts.getModifiers(statement) ?? [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) names.add(name.getText());
    }
    const { name } = statement as ts.Statement & { readonly name?: ts.Node };
    if (name === undefined) continue;
    names.add(name.getText());
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    for (const member of statement.members) {
      names.add(`${name.getText()}.${member.name?.getText() ?? 'constructor'}`);
    }
  }
  return names;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
