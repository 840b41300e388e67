import { type AnyNode, parse } from 'acorn';
import { AdapterError } from '../../dap/errors.ts';
import { childrenOf } from './script-syntax.ts';

/** What an expression assigns to, beside variables of its own. */
export interface Assignment {
  /** The variables that get another value. */
  readonly variables: readonly string[];
  /** All that it assigns to, as it is written. */
  readonly targets: readonly string[];
}

const NOTHING: Assignment = { variables: [], targets: [] };

/**
 * What `source` itself assigns to: `x = 5`, `x.count++`, `delete x.count`. Assignments within the
 * functions it calls are not known.
 */
export function assignmentsIn(source: string): Assignment {
  let tree: AnyNode;
  try {
    tree = parse(source, { ecmaVersion: 'latest' });
  } catch {
    // V8 says better what is wrong with it.
    return NOTHING;
  }
  const nodes = below(tree);
  const own = new Set(nodes.flatMap(declaredBy).flatMap(namesIn));
  const targets = nodes.flatMap(targetsOf).filter((target) => !own.has(rootOf(target)));
  return {
    variables: targets.flatMap((target) => (target.type === 'Identifier' ? [target.name] : [])),
    targets: targets.map(({ start, end }) => source.slice(start, end)),
  };
}

/** @throws AdapterError when the evaluation of `source` would change what it looks at. */
export function refuseAssignments(what: string, source: string): void {
  const [target] = assignmentsIn(`(${source}\n)`).targets;
  if (target === undefined) return;
  const known = `${what} assigns to '${target}', which would change the run`;
  throw new AdapterError('EVALUATION_FAILED', `${known}; to compare, write ==`);
}

function below(node: AnyNode): readonly AnyNode[] {
  return [node, ...childrenOf(node).flatMap(below)];
}

/** The patterns by which a node declares names. */
function declaredBy(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return [node.id];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [...node.params, ...(node.id ? [node.id] : [])];
    case 'CatchClause':
      return node.param ? [node.param] : [];
    default:
      return [];
  }
}

function namesIn(pattern: AnyNode): readonly string[] {
  return below(pattern).flatMap((node) => (node.type === 'Identifier' ? [node.name] : []));
}

/** The variables and properties that a node assigns to. */
function targetsOf(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'AssignmentExpression':
      return leavesOf(node.left);
    case 'UpdateExpression':
      return leavesOf(node.argument);
    case 'UnaryExpression':
      return node.operator === 'delete' ? leavesOf(node.argument) : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return leavesOf(node.left);
    default:
      return [];
  }
}

function leavesOf(pattern: AnyNode): readonly AnyNode[] {
  switch (pattern.type) {
    case 'Identifier':
    case 'MemberExpression':
      return [pattern];
    case 'AssignmentPattern':
      return leavesOf(pattern.left);
    case 'RestElement':
      return leavesOf(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((each) => (each ? leavesOf(each) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) =>
        leavesOf(each.type === 'Property' ? each.value : each),
      );
    default:
      return [];
  }
}

/** The variable that a target is, or is reached from. */
function rootOf(target: AnyNode): string {
  if (target.type === 'MemberExpression') return rootOf(target.object);
  return target.type === 'Identifier' ? target.name : 'this';
}
