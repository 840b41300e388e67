import { type AnyNode, type Node, parse } from 'acorn';
import type { Protocol } from 'devtools-protocol';

type Place = Pick<Protocol.Debugger.Location, 'lineNumber' | 'columnNumber'>;

/** A stretch of the script, as offsets. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Guard extends Range {
  /** The function the `try` stands in. */
  readonly within: Range;
}

/** Facts about the bundled script that need its syntax, which V8 does not expose. */
export class ScriptSyntax {
  private readonly lineStarts: readonly number[];
  private readonly functions: Range[] = [];
  private readonly units: Range[] = [];
  private readonly guards: Guard[] = [];
  private readonly debuggers = new Set<number>();
  private readonly curried = new Set<number>();

  constructor(code: string) {
    this.lineStarts = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
    this.visit(parse(code, { ecmaVersion: 'latest' }), { start: 0, end: code.length });
    this.functions.sort((a, b) => a.start - b.start);
    this.units.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** Whether an exception at `place` is caught within the function around it. */
  isGuarded(place: Place): boolean {
    const at = this.offsetOf(place);
    const within = this.functionAt(at);
    return this.guards.some(
      (guard) => guard.start <= at && at < guard.end && guard.within.start === within?.start,
    );
  }

  isDebuggerStatement(place: Place): boolean {
    return this.debuggers.has(this.offsetOf(place));
  }

  /** The functions around `place` by where they start, outermost first; the bundle's is one. */
  functionsAround(place: Place): readonly number[] {
    const at = this.offsetOf(place);
    // An arrow without a block returns where it ends.
    return this.functions.filter(({ start, end }) => start < at && at <= end).map((f) => f.start);
  }

  /**
   * Where that begins which V8 steps over as one at `place`: a statement, a part of a loop's head,
   * or the value of a variable.
   */
  unitAt(place: Place): number {
    const at = this.offsetOf(place);
    return this.units.findLast(({ start, end }) => start <= at && at < end)?.start ?? 0;
  }

  /** Whether the function that starts there does nothing but return another one. */
  isCurried(start: number): boolean {
    return this.curried.has(start);
  }

  private functionAt(at: number): Range | undefined {
    // Functions come in order of their start, so the last one around a place is the innermost.
    return this.functions.findLast(({ start, end }) => start <= at && at < end);
  }

  private offsetOf({ lineNumber, columnNumber = 0 }: Place): number {
    return (this.lineStarts[lineNumber] ?? 0) + columnNumber;
  }

  private visit(node: AnyNode, within: Range): void {
    let inner = within;
    this.units.push(...unitsOf(node));
    switch (node.type) {
      case 'ArrowFunctionExpression':
        if (node.body.type === 'ArrowFunctionExpression') this.curried.add(node.start);
        inner = { start: node.start, end: node.end };
        this.functions.push(inner);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        inner = { start: node.start, end: node.end };
        this.functions.push(inner);
        break;
      case 'TryStatement':
        if (node.handler)
          this.guards.push({ start: node.block.start, end: node.block.end, within });
        break;
      case 'DebuggerStatement':
        this.debuggers.add(node.start);
        break;
    }
    for (const child of childrenOf(node)) this.visit(child, inner);
  }
}

/** The parts of a node that V8 steps over one by one. */
function unitsOf(node: AnyNode): readonly Range[] {
  switch (node.type) {
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement' ? [] : [node.body];
    case 'BlockStatement':
      return [];
    case 'ForStatement':
      return [node, ...[node.init, node.test, node.update].filter((part) => !!part)];
    case 'ForOfStatement':
    case 'ForInStatement':
      return [node, node.left, node.right];
    case 'SequenceExpression':
      return node.expressions;
    case 'AssignmentPattern':
      return [node.right];
    case 'PropertyDefinition':
      return node.value ? [node.value] : [];
    case 'VariableDeclarator':
      return [node];
    default:
      return node.type.endsWith('Statement') ? [node] : [];
  }
}

/** The nodes directly below. */
export function childrenOf(node: Node): readonly AnyNode[] {
  return Object.values(node)
    .flat()
    .filter((value): value is AnyNode => isNode(value));
}

function isNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
