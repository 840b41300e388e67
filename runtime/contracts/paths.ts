/**
 * Stable identities of a portal app's elements. An application is `/app`; below it stand
 * `/app/workflows/NAME`, `/app/generators/NAME`, `/app/sequencers/NAME`, `/app/splitters/NAME`,
 * `/app/portals/NAME` and `/app/connections/NAME`. A task is `/app/workflows/NAME/TASK`; the
 * stream of a producer is the producer's path followed by `/stream`, and a split is
 * `/app/splitters/NAME/SPLIT`, with its stream below it. The debugger, traces and fault
 * specifications name elements by these paths.
 */
export type Path = string & { readonly __brand: 'Path' };

/** Joins `parts` below `parent` (or below the root). */
export function path(parent: Path | '', ...parts: string[]): Path {
  return [parent, ...parts].join('/') as Path;
}

/** The path of the stream that the element at `producer` writes. */
export function streamOf(producer: Path): Path {
  return path(producer, 'stream');
}
