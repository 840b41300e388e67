import vm from 'node:vm';
import { parseExpressionAt } from 'acorn';
import { AGENT_EXPRESSION, type GatedBreakpoint, type HitCondition } from '../agent/index.ts';
import { refuseAssignments } from '../v8/script/assigned-names.ts';
import { termsOfMode } from './breakpoint-modes.ts';
import { withTimeout } from './condition-timeout.ts';

/** What a source breakpoint asks for besides its place. */
export interface BreakpointTerms {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
  readonly mode?: string | undefined;
}

/** Puts an expression of the author's file into the names of the script. */
export type InScript = (expression: string) => string;

const HIT = /^\s*(==|=|>=|>|<=|<|%)?\s*(\d+)\s*$/;

/**
 * The expression by which V8 decides at the place `at`, `LINE:COLUMN` of the script, whether
 * `terms` are met. Without any it is met, but arrivals are counted. V8 takes an expression that
 * throws as false, so the evaluation is wrapped in a function that the gate calls and watches.
 *
 * @throws Error saying what is wrong with a term. None may change the run: it would not be there
 * when the run is repeated.
 */
export function conditionOf(
  id: number,
  terms: BreakpointTerms,
  at: string,
  inScript: InScript,
): string {
  const { condition, hitCondition, logMessage } = terms;
  const hit = hitCondition ? parseHitCondition(hitCondition) : undefined;
  const gated: GatedBreakpoint = { id, at, ...termsOfMode(terms.mode), ...(hit && { hit }) };
  if (condition) refuseAssignments('the condition', condition);
  const when = condition ? `() => ${withTimeout(inScript(condition))}` : 'undefined';
  const text = logMessage === undefined ? 'undefined' : `() => ${templateOf(logMessage, inScript)}`;
  return `${AGENT_EXPRESSION}.gate.passes(${JSON.stringify(gated)}, ${when}, ${text})`;
}

/**
 * V8 takes a condition that does not compile as one that is never met.
 *
 * @throws Error saying what is wrong with it.
 */
export function checkCondition(condition: string): void {
  try {
    new vm.Script(`(${condition}\n)`);
  } catch (error) {
    throw new Error(`the condition does not compile: ${String(error)}`);
  }
  refuseAssignments('the condition', condition);
}

/** Reads `5`, `== 5`, `>= 5`, `> 5`, `< 5`, `<= 5` or `% 5`. */
export function parseHitCondition(text: string): HitCondition {
  const [, operator = '==', hits] = HIT.exec(text) ?? [];
  if (hits === undefined || (operator === '%' && Number(hits) === 0)) {
    throw new Error(
      `the hit count '${text}' is not a number, or one of == >= > <= < % and a number`,
    );
  }
  const known = operator === '=' ? '==' : operator;
  return { operator: known as HitCondition['operator'], hits: Number(hits) };
}

/**
 * `total {x}` as an expression for the text with each `{…}` evaluated; `\{` and `\}` are braces.
 */
function templateOf(message: string, inScript: InScript): string {
  const parts: string[] = [];
  let text = '';
  for (let at = 0; at < message.length; at++) {
    const char = message[at];
    if (char === '\\' && /[{}]/.test(message[at + 1] ?? '')) {
      text += message[++at];
    } else if (char === '{') {
      const end = closingBrace(message, at);
      const expression = message.slice(at + 1, end);
      refuseAssignments('the log message', expression);
      const value = `${AGENT_EXPRESSION}.text(${withTimeout(inScript(expression))})`;
      parts.push(JSON.stringify(text), value);
      text = '';
      at = end;
    } else {
      text += char;
    }
  }
  parts.push(JSON.stringify(text));
  return `[${parts.join(', ')}].join('')`;
}

/**
 * The brace that closes the expression after `open`. A brace in a string, template or regular
 * expression does not count, so it is the first after which the expression parses; where none
 * does, the one that balances, and V8 says what is wrong.
 */
function closingBrace(message: string, open: number): number {
  let depth = 1;
  let balanced: number | undefined;
  for (let at = open + 1; at < message.length; at++) {
    if (message[at] === '{') depth++;
    if (message[at] !== '}') continue;
    if (--depth === 0) balanced ??= at;
    if (parses(message.slice(open + 1, at))) return at;
  }
  if (balanced !== undefined) return balanced;
  throw new Error(`the log message '${message}' has a '{' without its '}'`);
}

function parses(expression: string): boolean {
  try {
    parseExpressionAt(`(${expression}\n)`, 0, { ecmaVersion: 'latest', checkPrivateFields: false });
    return true;
  } catch {
    return false;
  }
}
