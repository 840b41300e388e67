import { RUNTIME_URL } from '../runtime/index.ts';

/** What a condition is asked with: names it can use, and what they stand for. */
export type Circumstances = Readonly<Record<string, unknown>>;

/** What {@link Conditions} needs of the place where the program runs. */
export interface ConditionRealm {
  readonly global: object;
  /** Runs `action` so that the clock and the random numbers it uses are not the program's. */
  apart<Result>(action: () => Result): Result;
}

/** Evaluates what the user writes as conditions of model breakpoints, in the program's realm. */
export class Conditions {
  private realm: ConditionRealm | undefined;
  private readonly compiled = new Map<string, (...values: unknown[]) => unknown>();

  attach(realm: ConditionRealm): void {
    this.realm = realm;
  }

  /** The value of `expression`. @throws what it throws, or that it does not compile. */
  evaluate(expression: string, circumstances: Circumstances): unknown {
    const { realm } = this;
    if (!realm) throw new Error('the program has not been loaded yet');
    const names = Object.keys(circumstances);
    const place = `${names.join()}:${expression}`;
    const known = this.compiled.get(place);
    const condition = known ?? compile(realm.global, names, expression);
    this.compiled.set(place, condition);
    return realm.apart(() => condition(...Object.values(circumstances)));
  }
}

/** Under the runtime's name, so that V8 neither shows it nor pauses for what it throws. */
function compile(global: object, names: readonly string[], expression: string) {
  const { Function: Make } = global as typeof globalThis;
  const code = `return (${expression}\n)\n//# sourceURL=${RUNTIME_URL}`;
  return Make(...names, code) as (...values: unknown[]) => unknown;
}
