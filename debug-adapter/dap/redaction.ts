/** Replaces the value of an environment variable. */
const HIDDEN = '(redacted)';

/** Values that are no secrets and occur everywhere: short ones, and the words of JSON. */
const SECRET_CHARS_MIN = 4;
const PLAIN_WORDS = new Set(['true', 'false', 'null']);

/**
 * Longer values are hidden in parts of this length, because previews show only the beginning of a
 * long text.
 */
const PART_CHARS = 16;

/** A character in a string in JSON in a string is written by up to this many. */
const ESCAPED_MAX = 16;

/**
 * Removes the values of the launch attribute `env` from what is logged: the attribute itself, and
 * wherever they occur later, as in the variables of the program. Names of variables remain. A value
 * that the program has encoded, as in base64, is not recognized.
 */
export class Redaction {
  private readonly secrets = new Set<string>();
  private pattern: RegExp | undefined;
  /** The length of the longest secret as it may be written. */
  private charsMax = 0;

  /** `message` without the values of `env`, in which `launch` has it or `restart` does. */
  ofRequest(message: object): object {
    const { arguments: args } = message as { arguments?: unknown };
    if (!isObject(args)) return message;
    const inner = args['arguments'];
    const shown = isObject(inner) ? { ...args, arguments: this.ofLaunch(inner) } : args;
    return { ...message, arguments: this.ofLaunch(shown) };
  }

  /**
   * At most the first `charsMax` characters of `text`. It is cut after the secrets are hidden: the
   * beginning of one would not be recognized.
   */
  ofBeginning(text: string, charsMax: number): string {
    const margin = this.charsMax;
    if (text.length <= charsMax + margin) return this.ofText(text).slice(0, charsMax);
    const beginning = this.ofText(text.slice(0, charsMax + margin));
    // What the first cut has left of a secret is at the very end.
    return beginning.slice(0, Math.min(charsMax, beginning.length - margin));
  }

  ofText(text: string): string {
    return this.pattern === undefined ? text : text.replaceAll(this.pattern, HIDDEN);
  }

  private ofLaunch(args: Readonly<Record<string, unknown>>): object {
    if (args['env'] === undefined) return args;
    const { env } = args;
    if (!isObject(env)) return { ...args, env: HIDDEN };
    this.learn(Object.values(env).filter((value) => typeof value === 'string'));
    return { ...args, env: Object.fromEntries(Object.keys(env).map((name) => [name, HIDDEN])) };
  }

  private learn(values: readonly string[]): void {
    for (const value of values) {
      if (value.length < SECRET_CHARS_MIN || PLAIN_WORDS.has(value)) continue;
      for (const part of partsOf(value)) this.secrets.add(part);
    }
    if (this.secrets.size === 0) return;
    this.charsMax = Math.max(...[...this.secrets].map(({ length }) => length)) * ESCAPED_MAX;
    // Of two secrets with the same beginning, the longer one comes first.
    const longestFirst = [...this.secrets].sort((one, other) => other.length - one.length);
    this.pattern = new RegExp(longestFirst.map(patternOf).join('|'), 'g');
  }
}

/**
 * A short rest is hidden with the part before it. No part but the last ends with a backslash: it
 * could not be separated from those by which the next part is escaped.
 */
function partsOf(value: string): readonly string[] {
  const parts: string[] = [];
  let rest = value;
  while (rest.length >= PART_CHARS + SECRET_CHARS_MIN) {
    let end = PART_CHARS;
    while (rest[end - 1] === '\\') end++;
    if (rest.length < end + SECRET_CHARS_MIN) break;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

/**
 * Matches `text` as it is, and as a string in JSON or JavaScript, which may itself be in a string:
 * each level adds backslashes, and may write a character by its number.
 */
function patternOf(text: string): string {
  return [...text.replaceAll(/\\+/g, '\\')].map((char) => charPattern(char)).join('');
}

function charPattern(char: string): string {
  if (char === '\\') return '\\\\+';
  if (`"'\``.includes(char)) return `\\\\*${char}`;
  const isPlain = char >= ' ' && char <= '~';
  const literal = char.replaceAll(/[$()*+./?[\]^{|}-]/g, '\\$&');
  if (isPlain) return literal;
  const short = SHORT_ESCAPES.get(char);
  const byNumber = Array.from({ length: char.length }, (_, at) => numberPattern(char, at)).join('');
  return `(?:${[literal, byNumber, ...(short ? [`\\\\+${short}`] : [])].join('|')})`;
}

const SHORT_ESCAPES = new Map([
  ['\b', 'b'],
  ['\f', 'f'],
  ['\n', 'n'],
  ['\r', 'r'],
  ['\t', 't'],
]);

/** `\u00e9` or `\u00E9`. */
function numberPattern(char: string, at: number): string {
  const digits = char.charCodeAt(at).toString(16).padStart(4, '0');
  const anyCase = digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  return `\\\\+u${anyCase}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
