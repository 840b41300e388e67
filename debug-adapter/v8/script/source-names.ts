import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import type { Scope, Variable } from 'eslint-scope';
import MagicString from 'magic-string';
import { type Bundle, scopesOf } from '../../../program/index.ts';
import { AdapterError } from '../../dap/errors.ts';
import { constantsOf, DEFAULT_EXPRESSION, linksOf, type ModuleLinks } from './module-links.ts';
import { NAME_ACCESS } from './name-access.ts';
import { type ScriptPlace, ScriptVariables, type SourceVariable } from './script-variables.ts';

/** What a name of the author's stands for in the script. */
interface Target {
  /** An expression of the script. */
  readonly text: string;
  /** What is imported cannot be assigned to. */
  readonly imported: boolean;
}

/**
 * Translates between the names of the author's files and those of the script. The bundler puts the
 * top levels of all modules into one scope: it renames what would clash, and replaces imported
 * names by the variables they stand for. What a name means depends on the file and the scope it is
 * used in, so each translation is made for a place of the script.
 */
export class SourceNames {
  private readonly bundle: Bundle;
  private readonly texts: ReadonlyMap<string, string>;
  private readonly links = new Map<string, ModuleLinks>();
  private known: ScriptVariables | undefined;
  /** The script's top-level names, by file and the name there. */
  private topLevels: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;

  /** @param texts the modules as JavaScript, by file. */
  constructor(bundle: Bundle, texts: ReadonlyMap<string, string>) {
    this.bundle = bundle;
    this.texts = texts;
  }

  /**
   * `source`, an expression as it would be written at `place` in the author's file, in the names of
   * the script. Unchanged if it does not parse: V8 reports that better.
   *
   * @throws AdapterError if it uses another file's variable, or assigns to an import.
   */
  translate(source: string, place: ScriptPlace): string {
    const file = this.variables.fileAt(place);
    const tree = file === undefined ? undefined : parsed(source);
    if (file === undefined || tree === undefined) return source;
    const text = new MagicString(source);
    const { shorthand, called } = usesIn(tree);
    for (const reference of scopesOf(tree).globalScope?.through ?? []) {
      const { name, start } = reference.identifier as unknown as { name: string; start: number };
      const target = this.targetOf(name, file, place, scopesAround(reference));
      if (target === undefined) continue;
      if (target.imported && reference.isWrite()) throw assignedImport(name);
      if (target.text === name) continue;
      const isPath = /[.(]/.test(target.text);
      const value = isPath && called.has(start) ? `(0, ${target.text})` : target.text;
      text.update(start, start + name.length, shorthand.has(start) ? `${name}: ${value}` : value);
    }
    return text.toString();
  }

  /** The author's name of the script's variable `name`, as it is visible at `place`. */
  shown(name: string, place: ScriptPlace): string {
    for (const scope of this.variables.innerScopes(place)) {
      const variable = variableOf(scope, name);
      if (variable) return this.variables.nameOf(variable);
    }
    const variable = variableOf(this.variables.outermost, name);
    return variable ? this.variables.nameOf(variable) : name;
  }

  /** The author's name of the function called `name` in the script, which starts at `place`. */
  shownFunction(name: string, place: ScriptPlace): string {
    const { variables } = this;
    const scopes = [...variables.innerScopes(place), variables.outermost];
    const found = scopes.map((scope) => variableOf(scope, name));
    const variable = found.find((each) => each && variables.declares(each, place));
    return variable ? variables.nameOf(variable) : name;
  }

  /** The script's name of what the author calls `name` at `place`, if it is a variable there. */
  inScript(name: string, place: ScriptPlace): string {
    const file = this.variables.fileAt(place);
    const target = file === undefined ? undefined : this.targetOf(name, file, place);
    if (target?.imported) throw assignedImport(name);
    return target?.text ?? name;
  }

  /** Whether the `nth` variable called `name` in the script, from `place` outwards, is constant. */
  isConstant(name: string, place: ScriptPlace, nth: number): boolean {
    const { variables } = this;
    const scopes = [...variables.innerScopes(place), variables.outermost];
    const variable = scopes.flatMap((scope) => variableOf(scope, name) ?? [])[nth];
    if (variable === undefined) return false;
    if (variable.defs.some(({ parent }) => isConstDeclaration(parent))) return true;
    const source = variable.scope === variables.outermost && variables.sourceOf(variable);
    if (!source || source.name === undefined) return false;
    // The bundler declares the variables of all top levels with `var`.
    return constantsOf(this.texts.get(source.file) ?? '').has(source.name);
  }

  /** The top level of the file at `place`: the script's names by the author's, imports included. */
  moduleNames(place: ScriptPlace): ReadonlyMap<string, string> {
    const file = this.variables.fileAt(place);
    if (file === undefined) return new Map();
    const names = new Map(this.ownOf(file));
    for (const name of this.linksOf(file).imports.keys()) {
      const text = this.topLevel(file, name)?.text;
      if (text !== undefined) names.set(name, text);
    }
    return names;
  }

  private get variables(): ScriptVariables {
    this.known ??= new ScriptVariables(this.bundle);
    return this.known;
  }

  /** @param inner the scopes of the expression itself around the name. */
  private targetOf(
    name: string,
    file: string,
    place: ScriptPlace,
    inner: readonly Scope[] = [],
  ): Target | undefined {
    const { variables } = this;
    const scopes = variables.innerScopes(place);
    for (const scope of scopes) {
      const own = scope.variables.find((each) => variables.nameOf(each) === name);
      if (own) return { text: own.name, imported: false };
    }
    const target = this.topLevel(file, name);
    if (target) {
      const [root = ''] = /^[\p{ID_Continue}$]+/u.exec(target.text) ?? [];
      const isHidden = [...inner, ...scopes].some((scope) => variableOf(scope, root) !== undefined);
      return isHidden ? { ...target, text: `${NAME_ACCESS}().${target.text}` } : target;
    }
    const isForeign =
      scopes.some((scope) => variableOf(scope, name) !== undefined) ||
      this.isOfAnotherFile(name, file);
    if (!isForeign) return undefined;
    if (name in globalThis) return { text: `globalThis.${name}`, imported: false };
    throw new AdapterError('EVALUATION_FAILED', `ReferenceError: ${name} is not defined`);
  }

  private isOfAnotherFile(name: string, file: string): boolean {
    const variable = variableOf(this.variables.outermost, name);
    const source = variable && this.variables.sourceOf(variable);
    return source?.name !== undefined && (source.file !== file || source.name !== name);
  }

  private topLevel(file: string, name: string): Target | undefined {
    const own = this.ownOf(file).get(name);
    if (own !== undefined) return { text: own, imported: false };
    const imported = this.linksOf(file).imports.get(name);
    const text = imported && this.imported(file, imported.specifier, imported.name, new Set());
    return text === undefined ? undefined : { text, imported: true };
  }

  /** An expression for `name` of the module that `file` calls `specifier`. */
  private imported(
    file: string,
    specifier: string,
    name: string,
    seen: Set<string>,
  ): string | undefined {
    const module = this.bundle.imports[file]?.[specifier];
    if (module === undefined) return undefined;
    const wrapped = this.commonJs(file, specifier);
    if (wrapped !== undefined) return name === '*' ? wrapped : `${wrapped}.${name}`;
    return name === '*' ? this.namespace(module, seen) : this.exported(module, name, seen);
  }

  private exported(file: string, name: string, seen: Set<string>): string | undefined {
    const visited = `${name} of ${file}`;
    if (seen.has(visited)) return undefined;
    seen.add(visited);
    const links = this.linksOf(file);
    const found = links.exports.get(name);
    if (typeof found === 'object') return this.imported(file, found.specifier, found.name, seen);
    if (found === DEFAULT_EXPRESSION || (name === 'default' && file.endsWith('.json'))) {
      return this.defaultOf(file);
    }
    if (found !== undefined) return this.topLevel(file, found)?.text;
    if (name === 'default') return undefined;
    for (const specifier of links.all) {
      const text = this.imported(file, specifier, name, seen);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  private namespace(file: string, seen: Set<string>): string | undefined {
    const visited = `* of ${file}`;
    if (seen.has(visited)) return undefined;
    seen.add(visited);
    const entries = [...this.exportsOf(file, new Set())].flatMap((name) => {
      const text = this.exported(file, name, new Set(seen));
      return text === undefined ? [] : [`${JSON.stringify(name)}: ${NAME_ACCESS}().${text}`];
    });
    return entries.length === 0 ? undefined : `({ __proto__: null, ${entries.join(', ')} })`;
  }

  private exportsOf(file: string, seen: Set<string>): ReadonlySet<string> {
    if (seen.has(file)) return new Set();
    seen.add(file);
    const { exports, all } = this.linksOf(file);
    const names = all.flatMap((specifier) => {
      const module = this.bundle.imports[file]?.[specifier];
      return module === undefined ? [] : [...this.exportsOf(module, seen)];
    });
    return new Set([...exports.keys(), ...names.filter((name) => name !== 'default')]);
  }

  /** The variable by which the bundler imports a CommonJS module into `file`. */
  private commonJs(file: string, specifier: string): string | undefined {
    return this.outermost.find(({ name, source }) => {
      if (!/^import_/.test(name) || source?.file !== file) return false;
      return /^(?:import|export)\b[^'"]*['"]([^'"]+)/.exec(source.text)?.[1] === specifier;
    })?.name;
  }

  private defaultOf(file: string): string | undefined {
    const isDefault = /_default\d*$/;
    return this.outermost.find(
      ({ name, source }) => isDefault.test(name) && source?.file === file && !source.name,
    )?.name;
  }

  private get outermost() {
    const { variables } = this;
    return (variables.outermost?.variables ?? []).map((variable) => {
      return { name: variable.name, source: variables.sourceOf(variable) };
    });
  }

  private ownOf(file: string): ReadonlyMap<string, string> {
    this.topLevels ??= topLevelsOf(this.outermost);
    return this.topLevels.get(file) ?? new Map();
  }

  private linksOf(file: string): ModuleLinks {
    const known = this.links.get(file) ?? linksOf(this.texts.get(file) ?? '');
    this.links.set(file, known);
    return known;
  }
}

function topLevelsOf(
  variables: readonly { name: string; source: SourceVariable | undefined }[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const byFile = new Map<string, Map<string, string>>();
  for (const { name, source } of variables) {
    if (source?.name === undefined) continue;
    const own = byFile.get(source.file) ?? new Map<string, string>();
    byFile.set(source.file, own.set(source.name, name));
  }
  return byFile;
}

function scopesAround({ from }: { readonly from: unknown }): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let scope = from as Scope | null; scope; scope = scope.upper) scopes.push(scope);
  return scopes;
}

function variableOf(scope: Scope | undefined, name: string): Variable | undefined {
  return scope?.variables.find((each) => each.name === name);
}

function isConstDeclaration(node: unknown): boolean {
  return (node as { kind?: unknown } | null)?.kind === 'const';
}

function assignedImport(name: string): AdapterError {
  const reason = `'${name}' is imported, and imports cannot be assigned to`;
  return new AdapterError('EVALUATION_FAILED', reason);
}

/** Where names are also those of properties, and where they are called. */
function usesIn(tree: ReturnType<typeof parse>) {
  const shorthand = new Set<number>();
  const called = new Set<number>();
  const properties = (all: readonly { type: string; start: number }[]) => {
    for (const each of all) {
      if (each.type === 'Property' && (each as { shorthand?: boolean }).shorthand) {
        shorthand.add(each.start);
      }
    }
  };
  simple(tree, {
    ObjectExpression: (node) => properties(node.properties),
    ObjectPattern: (node) => properties(node.properties),
    CallExpression: (node) => void called.add(node.callee.start),
    TaggedTemplateExpression: (node) => void called.add(node.tag.start),
  });
  return { shorthand, called };
}

function parsed(source: string) {
  try {
    return parse(source, {
      ecmaVersion: 'latest',
      ranges: true,
      allowAwaitOutsideFunction: true,
      allowSuperOutsideMethod: true,
      checkPrivateFields: false,
    });
  } catch {
    return undefined;
  }
}
