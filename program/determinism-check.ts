import type {
  CallSite,
  Choice,
  Effect,
  Inspector,
  Notice,
  RuntimeOptions,
} from '../runtime/index.ts';
import { toJson } from '../runtime/index.ts';
import type { Bundle } from './bundle.ts';
import type { Diagnostic } from './diagnostic.ts';
import { Program } from './program.ts';

/** What of a step is compared, in the order in which a difference would come about. */
const ASPECTS = [
  'the enabled choices of step N differ',
  'the choice of step N differs',
  'the draws of step N differ',
  'the effects of step N differ',
  'the state of step N differs',
] as const;

/** One step as text, aspect by aspect: equal texts mean the same step. */
interface StepPrint {
  readonly step: number;
  readonly choice: Choice;
  readonly site: CallSite | undefined;
  readonly texts: readonly string[];
}

/** What came of two runs of one program. */
export interface Comparison {
  /** Where the runs first differ; absent if they do not. */
  readonly divergence: Diagnostic | undefined;
  /** The second run at its end. */
  readonly inspect: Inspector;
}

/**
 * Runs a program twice, each time in a fresh realm, and compares every step: the enabled choices,
 * the choice, what was drawn of time and chance, what was emitted and logged, and the state.
 * Hashing the state after each step takes time in proportion to it.
 */
export function compareRuns(
  bundle: Bundle,
  runtimeCode: string,
  options: Omit<RuntimeOptions, 'probe' | 'detail' | 'environment'>,
): Comparison {
  const first: StepPrint[] = [];
  const program = runPrinted(bundle, runtimeCode, options, (print) => first.push(print));
  let compared = 0;
  let divergence: Diagnostic | undefined;
  const compare = (print: StepPrint) => {
    const before = first[compared];
    compared += 1;
    divergence ??= differenceOf(before, print, program);
  };
  const { inspect } = runPrinted(bundle, runtimeCode, options, compare).runtime.simulator;
  const missing = first[compared];
  divergence ??= missing && differenceOf(missing, undefined, program);
  return { divergence, inspect };
}

function runPrinted(
  bundle: Bundle,
  runtimeCode: string,
  options: Omit<RuntimeOptions, 'probe' | 'detail' | 'environment'>,
  receive: (print: StepPrint) => void,
): Program {
  let enabled = '';
  let choice: Choice | undefined;
  const program: Program = new Program(bundle, runtimeCode, {
    ...options,
    detail: 'steps',
    probe: (notice: Notice) => {
      const { inspect } = program.runtime.simulator;
      if (notice.kind === 'boundary') {
        enabled = inspect
          .enabled()
          .map(({ label }) => label)
          .join('\n');
      } else if (notice.kind === 'started') {
        choice = notice.choice;
      } else if (notice.kind === 'committed' && choice !== undefined) {
        const draws = JSON.stringify(program.environment.save());
        const effects = notice.effects.map(textOfEffect).join('\n');
        const texts = [enabled, choice.label, draws, effects, inspect.stateHash()];
        receive({ step: notice.step, choice, site: siteOf(program, choice), texts });
      }
    },
  });
  program.complete();
  return program;
}

function differenceOf(
  before: StepPrint | undefined,
  after: StepPrint | undefined,
  program: Program,
): Diagnostic | undefined {
  const aspect = ASPECTS.find((_, at) => before?.texts[at] !== after?.texts[at]);
  const print = after ?? before;
  if (aspect === undefined || print === undefined) return undefined;
  const source = program.positions.ofCallSite(print.site);
  const what =
    before !== undefined && after !== undefined
      ? `${aspect.replace('N', String(print.step))} between two runs`
      : `step ${print.step} happens in only one of two runs`;
  return {
    code: 'PORTALS_NOT_DETERMINISTIC',
    message:
      `${what} (${print.choice.label}); keep what handlers remember in PerKeyState or ` +
      'PerTaskState, and do not depend on the depth of the stack or the use of memory.',
    path: print.choice.unit,
    ...(source === undefined ? {} : { source }),
  };
}

function siteOf(program: Program, { unit }: Choice): CallSite | undefined {
  const { nodes } = program.runtime.simulator.inspect.topology();
  return nodes.find(({ path }) => path === unit)?.site;
}

function textOfEffect(effect: Effect): string {
  if (effect.kind === 'error') return `error ${effect.error.code} ${effect.error.message}`;
  if (effect.kind !== 'atom')
    return JSON.stringify({ ...effect, site: undefined, value: undefined });
  const { stream, index, seal, error } = effect;
  return JSON.stringify([stream, index, seal, error, toJson(effect.events)]);
}
