import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { type Identifier, type Literal, type ModuleDeclaration, type Pattern, parse } from 'acorn';
import { type Loader, transform } from 'esbuild';
import type { Bundle } from '../../../program/index.ts';

/** A name of another module. */
export interface ModuleName {
  readonly specifier: string;
  /** `default`, `*` for the module itself, or the exported name. */
  readonly name: string;
}

/** What a module imports and exports, as its text says. */
export interface ModuleLinks {
  /** By the names that the module gives them. */
  readonly imports: ReadonlyMap<string, ModuleName>;
  /** By the exported name: the module's own name, or another module's. */
  readonly exports: ReadonlyMap<string, string | ModuleName>;
  /** Modules of which all is exported. */
  readonly all: readonly string[];
}

const NO_LINKS: ModuleLinks = { imports: new Map(), exports: new Map(), all: [] };

/** The value of `export default EXPRESSION`, which has no name in the module. */
export const DEFAULT_EXPRESSION = '*default*';

/** The texts of the program's modules as JavaScript, by file. */
export async function moduleTexts({ map, inputs }: Bundle): Promise<ReadonlyMap<string, string>> {
  const files = new Set([...inputs, ...map.sources.filter((file) => file !== null)]);
  const texts = [...files].map(async (file): Promise<readonly [string, string]> => {
    // Modules that only export again are in no mapping.
    const bundled = map.sourcesContent?.[map.sources.indexOf(file)];
    const text = bundled ?? (await readFile(file, 'utf8').catch(() => ''));
    return [file, await asJavaScript(file, text)];
  });
  return new Map(await Promise.all(texts));
}

async function asJavaScript(file: string, text: string): Promise<string> {
  const loader = /^\.[cm]?(tsx?|jsx)$/.exec(extname(file))?.[1];
  if (loader === undefined) return text;
  try {
    const compilerOptions = { verbatimModuleSyntax: true };
    const options = { loader: loader as Loader, tsconfigRaw: { compilerOptions } };
    return (await transform(text, { ...options, logLevel: 'silent' })).code;
  } catch {
    // The text of a dependency's own source map may be anything.
    return '';
  }
}

/** Nothing where `text` is no module. */
export function linksOf(text: string): ModuleLinks {
  try {
    const { body } = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
    const links = {
      imports: new Map<string, ModuleName>(),
      exports: new Map<string, string | ModuleName>(),
      all: [] as string[],
    };
    for (const statement of body) collect(statement as ModuleDeclaration, links);
    return links;
  } catch {
    return NO_LINKS;
  }
}

interface Collected {
  readonly imports: Map<string, ModuleName>;
  readonly exports: Map<string, string | ModuleName>;
  readonly all: string[];
}

function collect(statement: ModuleDeclaration, { imports, exports, all }: Collected): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      for (const each of statement.specifiers) {
        const specifier = String(statement.source.value);
        imports.set(each.local.name, { specifier, name: importedName(each) });
      }
      break;
    case 'ExportAllDeclaration': {
      const specifier = String(statement.source.value);
      if (statement.exported) exports.set(nameOf(statement.exported), { specifier, name: '*' });
      else all.push(specifier);
      break;
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = statement;
      const own = 'id' in declaration && declaration.id ? declaration.id.name : undefined;
      const isDeclared = /Declaration$/.test(declaration.type);
      exports.set('default', isDeclared && own !== undefined ? own : DEFAULT_EXPRESSION);
      break;
    }
    case 'ExportNamedDeclaration': {
      const { declaration, source } = statement;
      for (const name of declaration ? declaredNames(declaration) : []) exports.set(name, name);
      for (const { local, exported } of statement.specifiers) {
        const own = nameOf(local);
        const from = source && { specifier: String(source.value), name: own };
        exports.set(nameOf(exported), from ?? own);
      }
    }
  }
}

type ImportSpecifier = Extract<
  ModuleDeclaration,
  { type: 'ImportDeclaration' }
>['specifiers'][number];

function importedName(specifier: ImportSpecifier): string {
  if (specifier.type === 'ImportSpecifier') return nameOf(specifier.imported);
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
}

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

type Declaration = NonNullable<
  Extract<ModuleDeclaration, { type: 'ExportNamedDeclaration' }>['declaration']
>;

function declaredNames(declaration: Declaration): readonly string[] {
  if (declaration.type !== 'VariableDeclaration') return [declaration.id.name];
  return declaration.declarations.flatMap(({ id }) => namesIn(id));
}

/** The variables that a pattern declares. */
function namesIn(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        namesIn(each.type === 'Property' ? each.value : each.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? namesIn(each) : []));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** The constants that a module declares at its top level. */
export function constantsOf(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    for (const node of parse(text, { ecmaVersion: 'latest', sourceType: 'module' }).body) {
      const declared = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
      if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') continue;
      for (const { id } of declared.declarations) for (const name of namesIn(id)) names.add(name);
    }
  } catch {
    // The bundler reports what does not parse.
  }
  return names;
}
