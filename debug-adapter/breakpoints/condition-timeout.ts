import { type AnyNode, parse } from 'acorn';
import { AGENT_EXPRESSION } from '../agent/index.ts';
import { childrenOf } from '../v8/script/script-syntax.ts';

/** Throws when the condition under way has taken too long. */
const TICK = `${AGENT_EXPRESSION}.gate.tick()`;

/** A text to be inserted; those inside stand nearer to what they enclose. */
interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly closes: boolean;
  readonly depth: number;
}

/**
 * An expression that does the same, and looks at the clock in each round of a loop and at each call
 * of a function of its own. V8 evaluates conditions where nothing can end them from outside, not
 * even the thread.
 */
export function withTimeout(expression: string): string {
  const source = `(${expression}\n)`;
  let insertions: readonly Insertion[];
  try {
    insertions = insertionsIn(parse(source, { ecmaVersion: 'latest' }), 0);
  } catch {
    // What V8 says of it later is better known to people.
    return source;
  }
  let text = source;
  for (const { at, text: inserted } of [...insertions].sort(fromTheEnd)) {
    text = text.slice(0, at) + inserted + text.slice(at);
  }
  return text;
}

/** Of two at one place, what is inserted later comes to stand before the other. */
function fromTheEnd(one: Insertion, other: Insertion): number {
  if (one.at !== other.at) return other.at - one.at;
  if (one.closes !== other.closes) return one.closes ? 1 : -1;
  return one.closes ? one.depth - other.depth : other.depth - one.depth;
}

function insertionsIn(node: AnyNode, depth: number): readonly Insertion[] {
  const inner = childrenOf(node).flatMap((child) => insertionsIn(child, depth + 1));
  return [...enclosing(node, depth), ...inner];
}

function enclosing(node: AnyNode, depth: number): readonly Insertion[] {
  const around = ({ start, end }: AnyNode, before: string, after: string) => [
    { at: start, text: before, closes: false, depth },
    { at: end, text: after, closes: true, depth },
  ];
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return around(node.body, `{${TICK};`, '}');
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration': {
      const { body } = node;
      if (body.type !== 'BlockStatement') return around(body, `(${TICK},`, ')');
      return [{ at: body.start + 1, text: `${TICK};`, closes: false, depth }];
    }
    default:
      return [];
  }
}
