/** A place in the program's script, counted from 0. */
export interface ScriptLocation {
  readonly line: number;
  readonly column: number;
}

/** What the program's thread calls a place: `LINE:COLUMN`. */
export function locationName({ line, column }: ScriptLocation): string {
  return `${line}:${column}`;
}

/** The place of that name, as V8 takes it. */
export function locationOf(name: string): { lineNumber: number; columnNumber: number } {
  const [lineNumber = 0, columnNumber = 0] = name.split(':').map(Number);
  return { lineNumber, columnNumber };
}
