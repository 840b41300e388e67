import type { Program } from 'acorn';
import { analyze, type Scope, type ScopeManager, type Variable } from 'eslint-scope';

/** A variable, with the inner one of the same name that a class or function declares for itself. */
export interface VariableGroup {
  readonly name: string;
  readonly variables: readonly Variable[];
  /** The offsets of all identifiers that mean it: declarations and references. */
  readonly starts: readonly number[];
}

/** A variable that may get another name. */
export interface Renaming extends VariableGroup {
  readonly from: string;
  readonly to: string;
}

/** The scopes of a script that was parsed with `ranges`. */
export function scopesOf(tree: Program): ScopeManager {
  return analyze(
    tree as unknown as Parameters<typeof analyze>[0],
    {
      ecmaVersion: 2022,
      sourceType: 'script',
      fallback: 'iteration',
    } as Parameters<typeof analyze>[1],
  );
}

/** The names that the script uses and does not declare, sorted. */
export function freeNames({ globalScope }: ScopeManager): readonly string[] {
  const through = globalScope?.through ?? [];
  return [
    ...new Set(through.map(({ identifier }) => (identifier as { name: string }).name)),
  ].sort();
}

/** The variables below the outermost function, which is the bundle itself. */
export function groupsOf({ scopes }: ScopeManager): readonly VariableGroup[] {
  const byIdentifier = new Map<number, Set<Variable>>();
  const inner = scopes.filter((scope) => depthOf(scope) > 1);
  for (const variable of inner.flatMap((scope) => scope.variables)) {
    if (variable.identifiers.length === 0) continue;
    const group = new Set([variable]);
    for (const start of startsOf(variable)) {
      for (const other of byIdentifier.get(start) ?? []) group.add(other);
    }
    for (const member of group) {
      for (const start of startsOf(member)) byIdentifier.set(start, group);
    }
  }
  return [...new Set(byIdentifier.values())].map((group) => {
    const variables = [...group];
    return {
      name: variables[0]?.name ?? '',
      variables,
      starts: [...new Set(variables.flatMap(startsOf))],
    };
  });
}

/**
 * Those of `wanted` after which every reference still resolves to the variable that it resolves to
 * now. Where a new name hides another variable, or is hidden, the renaming at fault is dropped.
 */
export function safeRenamings(
  scopes: ScopeManager,
  wanted: readonly Renaming[],
): readonly Renaming[] {
  let kept = new Set(wanted);
  for (;;) {
    const conflicting = conflicts(scopes, kept);
    if (conflicting.size === 0) return [...kept];
    kept = new Set([...kept].filter((renaming) => !conflicting.has(renaming)));
  }
}

/** The renamings that change what some reference means. */
function conflicts({ scopes }: ScopeManager, kept: ReadonlySet<Renaming>): ReadonlySet<Renaming> {
  const renamings = new Map<Variable, Renaming>();
  for (const each of kept) for (const variable of each.variables) renamings.set(variable, each);
  const nameOf = (variable: Variable): string => renamings.get(variable)?.to ?? variable.name;
  const declared = new Map<Scope, Map<string, Variable>>();
  const conflicting = new Set<Renaming>();
  const blame = (...variables: readonly (Variable | null | undefined)[]): void => {
    const renamed = variables.flatMap((each) => (each ? (renamings.get(each) ?? []) : []));
    const [first] = renamed;
    if (first !== undefined) conflicting.add(first);
  };
  for (const scope of scopes) {
    const own = new Map<string, Variable>();
    declared.set(scope, own);
    for (const variable of scope.variables) {
      const twin = own.get(nameOf(variable));
      if (twin !== undefined) blame(variable, twin);
      own.set(nameOf(variable), variable);
    }
    // Names in scopes that `eval` or `with` may extend cannot be resolved from the text.
    if (scope.dynamic && scope.type !== 'global') blame(...scope.variables);
  }
  for (const { identifier, resolved, from } of scopes.flatMap((scope) => scope.references)) {
    const name = resolved ? nameOf(resolved) : (identifier as { name: string }).name;
    const found = resolve(declared, from, name);
    if (found !== (resolved ?? undefined)) blame(found, resolved);
  }
  return conflicting;
}

function resolve(
  declared: ReadonlyMap<Scope, ReadonlyMap<string, Variable>>,
  from: Scope,
  name: string,
): Variable | undefined {
  for (let scope: Scope | null = from; scope !== null; scope = scope.upper) {
    const variable = declared.get(scope)?.get(name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

function startsOf({ identifiers, references }: Variable): number[] {
  return [...identifiers, ...references.map(({ identifier }) => identifier)].map(
    (identifier) => (identifier as unknown as { start: number }).start,
  );
}

/** 0 for the script, 1 for the function that the bundle is. */
function depthOf(scope: Scope): number {
  let depth = 0;
  for (let at = scope.upper; at !== null; at = at.upper) depth += 1;
  return depth;
}
