/** `1 atom`, `2 atoms`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The key that {@link keyText} shows as `text`; a bare word is a string. */
export function keyOfText(text: string): unknown {
  if (/^-?\d+n$/.test(text)) return BigInt(text.slice(0, -1));
  if (text !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (text in WORDS) return WORDS[text];
  return /^".*"$/s.test(text) ? (JSON.parse(text) as string) : text;
}

const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  undefined: undefined,
  NaN: Number.NaN,
};

/** A key as text; keys are numbers or bigints, and anything else must not run code either. */
export function keyText(key: unknown): string {
  switch (typeof key) {
    case 'bigint':
      return `${key}n`;
    case 'string':
      return JSON.stringify(key);
    case 'object':
      return key === null ? 'null' : '{…}';
    case 'function':
      return 'ƒ';
    default:
      return String(key);
  }
}
