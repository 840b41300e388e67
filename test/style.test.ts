import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../scripts/project.mjs';

/** The style rules of CONTRIBUTING.md that neither the formatter nor the linter checks. */
const COLUMNS_MAX = 100;
const FUNCTION_LINES_MAX = 70;
/** The formatter breaks lines of code, where they can be broken. */
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

/** What runs without anybody importing it, or is there for others to import. */
const ENTRIES = [
  /^(scripts|bench)\/[a-z-]+\.mjs$/,
  /^test\/.*\.test\.ts$/,
  /\/(index|main|worker)\.ts$/,
  /^test\/(programs|types)\//,
];

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

test(`no function is longer than ${FUNCTION_LINES_MAX} lines`, () => {
  const long: string[] = [];
  for (const { path, tree } of sources) {
    visit(tree, (node) => {
      if (!isFunction(node) || isBodyOfTests(node)) return;
      const from = tree.getLineAndCharacterOfPosition(node.getStart()).line;
      const to = tree.getLineAndCharacterOfPosition(node.end).line;
      if (to - from + 1 > FUNCTION_LINES_MAX)
        long.push(`${path}:${from + 1}, ${to - from + 1} lines`);
    });
  }
  assert.deepEqual(long, []);
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

test('modules do not import each other in a circle', () => {
  const imports = new Map(sources.map(({ path, tree }) => [path, codeImports(path, tree)]));
  const finished = new Set<string>();
  const circles: string[] = [];
  const follow = (path: string, from: readonly string[]): void => {
    const at = from.indexOf(path);
    if (at >= 0) circles.push([...from.slice(at), path].join(' → '));
    if (at >= 0 || finished.has(path)) return;
    for (const next of imports.get(path) ?? []) follow(next, [...from, path]);
    finished.add(path);
  };
  for (const { path } of sources) follow(path, []);
  assert.deepEqual(circles, []);
});

// Types and classes are exported where they stand in a signature, even if nobody names them.
test('functions and constants that are exported are used elsewhere', () => {
  const used = new Set(sources.flatMap(({ path, tree }) => importedNames(path, tree)));
  const unused = sources
    .filter(({ path }) => !ENTRIES.some((entry) => entry.test(path)))
    .flatMap(({ path, tree }) =>
      exportedNames(tree)
        .map((name) => `${path} ${name}`)
        .filter((name) => !used.has(name) && !used.has(`${path} *`)),
    );
  assert.deepEqual(unused, []);
});

function paths(some: readonly Source[]): string[] {
  return some.map(({ path }) => path);
}

function visit(node: ts.Node, action: (node: ts.Node) => void): void {
  action(node);
  ts.forEachChild(node, (child) => visit(child, action));
}

function isFunction(node: ts.Node): boolean {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  );
}

/** A suite, or a test that tells a long story. */
function isBodyOfTests({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && TESTING.includes(parent.expression.getText());
}

/** The project's files whose code a module imports; types are gone by the time it runs. */
function codeImports(path: string, tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const clause = statement.importClause;
      const named = clause?.namedBindings;
      const typesOnly =
        clause?.isTypeOnly === true ||
        (clause?.name === undefined &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.every((element) => element.isTypeOnly));
      return typesOnly ? [] : resolve(path, statement.moduleSpecifier);
    }
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return [];
    return resolve(path, statement.moduleSpecifier);
  });
}

/** `FILE NAME` of everything a module imports or passes on, or `FILE *`. */
function importedNames(path: string, tree: ts.SourceFile): string[] {
  const names: string[] = [];
  const add = (specifier: ts.Expression | undefined, name: string) =>
    names.push(...resolve(path, specifier).map((file) => `${file} ${name}`));
  visit(tree, (node) => {
    if (ts.isImportDeclaration(node)) {
      const { importClause, moduleSpecifier } = node;
      const bindings = importClause?.namedBindings;
      if (importClause?.name) add(moduleSpecifier, 'default');
      if (bindings === undefined) return;
      if (ts.isNamespaceImport(bindings)) add(moduleSpecifier, '*');
      else
        for (const { name, propertyName } of bindings.elements)
          add(moduleSpecifier, (propertyName ?? name).text);
    } else if (ts.isExportDeclaration(node)) {
      const { exportClause, moduleSpecifier } = node;
      if (exportClause === undefined || ts.isNamespaceExport(exportClause))
        add(moduleSpecifier, '*');
      else
        for (const { name, propertyName } of exportClause.elements)
          add(moduleSpecifier, (propertyName ?? name).text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], '*');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal as ts.StringLiteral, '*');
    }
  });
  // `import('./x.mjs').Name` in the comments of JavaScript.
  for (const [, name = ''] of tree.text.matchAll(/@\w+ \{.*?import\('(\.[^']+)'\)/g)) {
    names.push(`${join(dirname(path), name)} *`);
  }
  return names;
}

function exportedNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement): string[] => {
    if (!ts.canHaveModifiers(statement) || isType(statement)) return [];
    const modifiers = ts.getModifiers(statement) ?? [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return ['default'];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    }
    const { name } = statement as ts.Statement & { readonly name?: ts.Node };
    return name === undefined ? [] : [name.getText()];
  });
}

function isType(statement: ts.Statement): boolean {
  return (
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement)
  );
}

function resolve(path: string, specifier: ts.Expression | undefined): string[] {
  if (specifier === undefined || !ts.isStringLiteral(specifier)) return [];
  return specifier.text.startsWith('.') ? [join(dirname(path), specifier.text)] : [];
}
