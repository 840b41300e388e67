import { type Inspector, RUNTIME_URL } from '../../../runtime/index.ts';
import { type StateReader, stateReader } from './state-reader.ts';

/** What a condition is asked with: names it can use, and what they stand for. */
export type ConditionVariables = Readonly<Record<string, unknown>>;

/** What {@link Conditions} needs of the place where the program runs. */
export interface ConditionRealm {
  /** The realm's own constructor of functions, whatever the program made of the global. */
  readonly Function: FunctionConstructor;
  /** Runs `action` so that the clock and the random numbers it uses are not the program's. */
  apart<Result>(action: () => Result): Result;
}

/**
 * Evaluates what the user writes as conditions of model breakpoints, in the program's realm. All of
 * them can read the model's state by `$state`.
 */
export class Conditions {
  private realm: ConditionRealm | undefined;
  private state: StateReader | undefined;
  private readonly compiled = new Map<string, (...values: unknown[]) => unknown>();

  attach(realm: ConditionRealm, inspect: Inspector): void {
    this.realm = realm;
    this.state = stateReader(inspect);
  }

  /** The value of `expression`. @throws what it throws, or that it does not compile. */
  evaluate(expression: string, circumstances: ConditionVariables): unknown {
    const { realm } = this;
    if (!realm) throw new Error('the program has not been loaded yet');
    const known = { ...circumstances, $state: this.state };
    const names = Object.keys(known);
    const place = `${names.join()}:${expression}`;
    const condition = this.compiled.get(place) ?? compile(realm.Function, names, expression);
    this.compiled.set(place, condition);
    return realm.apart(() => condition(...Object.values(known)));
  }
}

/** Under the runtime's name, so that V8 neither shows it nor pauses for what it throws. */
function compile(Make: FunctionConstructor, names: readonly string[], expression: string) {
  const code = `return (${expression}\n)\n//# sourceURL=${RUNTIME_URL}`;
  return Make(...names, code) as (...values: unknown[]) => unknown;
}
