import { createRealm, loadRuntimeCode, type RuntimeModule } from '../../../program/index.ts';
import type { Environment } from '../../../runtime/index.ts';

/** A realm with its globals replaced, and what was printed in it. */
export interface Surroundings {
  readonly environment: Environment;
  readonly printed: string[];
  /** Evaluates an expression in the realm. */
  evaluate(expression: string): unknown;
}

export async function surroundings(seed = 0): Promise<Surroundings> {
  const realm = createRealm();
  const code = `${await loadRuntimeCode()}\n;PortalsRuntime`;
  const runtime = realm.evaluate(code, 'portals-runtime.js') as RuntimeModule;
  const environment = new runtime.Environment({ seed, env: { NAME: 'value' } });
  runtime.installGlobals(realm.global, environment);
  const printed: string[] = [];
  environment.print = (text, level) => printed.push(level === 'stderr' ? `! ${text}` : text);
  return {
    environment,
    printed,
    evaluate: (expression) => realm.evaluate(expression, 'portals-program.js'),
  };
}
