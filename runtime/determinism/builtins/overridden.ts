import { PortalsError } from '../../contracts/errors.ts';

/** @param what the property, as `Array.prototype.push` */
export function overridden(what: string): PortalsError {
  return new PortalsError(
    'PORTALS_BUILTIN_OVERRIDDEN',
    `${what} is a built-in that the simulator uses, too, and cannot be replaced. Define a function ` +
      'of your own, or a method of a class that extends the built-in.',
  );
}
