/// <reference path="../../types/portals.d.ts" />

/**
 * The types that authors program against, as `types/` declares them. The classes that authors meet
 * implement them, so that the compiler compares what is declared with what runs.
 */
export type * from 'portals';
