import { PortalsError } from '../contracts/errors.ts';

/**
 * A function that stands for `name` and throws when called or constructed, saying what to do
 * instead. It is defined rather than left out, because `fetch is not defined` is no help.
 */
export function refusedFunction(name: string, remedy: string): () => never {
  const refuse = function refused(): never {
    throw refusal(name, remedy);
  };
  Object.defineProperty(refuse, 'name', { value: name });
  return refuse;
}

export function refusal(name: string, remedy: string): PortalsError {
  return new PortalsError('PORTALS_REFUSED_GLOBAL', `${name} is refused here: ${remedy}`);
}
