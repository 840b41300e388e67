/** `1 atom`, `2 atoms`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

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
