const textOf = Function.prototype.toString;

/**
 * The source text of a function, whatever its program made of `toString`.
 *
 * @throws TypeError if `value` is no function
 */
export function sourceTextOf(value: object): string {
  return Reflect.apply(textOf, value, []) as string;
}
