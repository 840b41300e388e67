import * as fc from 'fast-check';

/** What a task of a generated application does; `k` is a small number that varies it. */
const OPERATIONS = [
  'map',
  'filter',
  'flatMap',
  'key',
  'log',
  'count',
  'note',
  'keep',
  'mutate',
  'draw',
  'sums',
  'step',
  'loop',
  'andThen',
  'wrapper',
  'vsm',
  'init',
  'stash',
  'ask',
  'askTwice',
  'askAgain',
  'askInTurn',
  'askCapturing',
  'askSharing',
] as const;

export type Operation = (typeof OPERATIONS)[number];

export interface TaskPart {
  readonly operation: Operation;
  readonly k: number;
  /** Which earlier flows of the workflow it consumes, counted modulo their number. */
  readonly from: number;
  readonly alsoFrom: number | undefined;
}

/** The parts of a generated application, each made of earlier ones: `source` counts streams. */
export type Part =
  | { readonly kind: 'workflow'; readonly source: number; readonly tasks: readonly TaskPart[] }
  | { readonly kind: 'splitter'; readonly source: number; readonly splits: number }
  | { readonly kind: 'sequencer'; readonly sources: readonly number[] }
  /** A sequencer and a workflow in a cycle, through which every event goes until it is zero. */
  | { readonly kind: 'cycle'; readonly source: number };

export interface GeneratorPart {
  readonly kind: 'arrays' | 'keyed' | 'drawn';
  readonly atoms: readonly (readonly number[])[];
}

export interface PortalPart {
  readonly keyed: boolean;
  /** Answers by asking the portal before it, if there is one. */
  readonly nested: boolean;
  /** Every so many requests one is left unanswered; never if 0. */
  readonly silentEvery: number;
  readonly twice: boolean;
  /** The stream whose events the replier handles, besides the requests. */
  readonly source: number;
}

export interface AppSpec {
  /** Whether the events are objects, rather than numbers. */
  readonly objects: boolean;
  readonly generators: readonly GeneratorPart[];
  readonly portals: readonly PortalPart[];
  readonly parts: readonly Part[];
}

const small = fc.integer({ min: 0, max: 7 });

const task: fc.Arbitrary<TaskPart> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  k: fc.integer({ min: 1, max: 4 }),
  from: small,
  alsoFrom: fc.option(small, { nil: undefined, freq: 4 }),
});

const tasks = fc.array(task, { minLength: 1, maxLength: 4 });

const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('workflow'), source: small, tasks }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('splitter'),
      source: small,
      splits: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sequencer'),
      sources: fc.array(small, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cycle'), source: small }) },
);

const generator: fc.Arbitrary<GeneratorPart> = fc.record({
  kind: fc.constantFrom('arrays', 'arrays', 'keyed', 'drawn'),
  atoms: fc.array(fc.array(small, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
});

const portal: fc.Arbitrary<PortalPart> = fc.record({
  keyed: fc.boolean(),
  nested: fc.boolean(),
  silentEvery: fc.constantFrom(0, 0, 0, 3),
  twice: fc.boolean(),
  source: small,
});

/** Applications of every kind of element, small enough to be read. */
export const appSpec: fc.Arbitrary<AppSpec> = fc.record({
  objects: fc.boolean(),
  generators: fc.array(generator, { minLength: 1, maxLength: 2 }),
  portals: fc.array(portal, { minLength: 1, maxLength: 2 }),
  parts: fc.array(part, { minLength: 1, maxLength: 4 }),
});
