import type { Environment } from './environment.ts';
import { define, type Realm } from './realm.ts';

/** The locale and time zone where the program names none; the machine's own must not show. */
const DEFAULT_LOCALE = 'en-US';
const DEFAULT_TIME_ZONE = 'UTC';

type Method = (this: unknown, ...values: unknown[]) => unknown;
type Constructor = new (...values: unknown[]) => object;

/** Gives every locale-sensitive built-in a fixed default locale, and date formats UTC. */
export function fixedLocale(realm: Realm, environment: Environment): void {
  defaultArgument(realm.Number.prototype, 'toLocaleString', 0);
  defaultArgument(realm.BigInt.prototype, 'toLocaleString', 0);
  defaultArgument(realm.String.prototype, 'localeCompare', 1);
  defaultArgument(realm.String.prototype, 'toLocaleUpperCase', 0);
  defaultArgument(realm.String.prototype, 'toLocaleLowerCase', 0);
  for (const name of Object.getOwnPropertyNames(realm.Intl)) {
    const member = (realm.Intl as unknown as Record<string, unknown>)[name];
    if (typeof member === 'function' && 'supportedLocalesOf' in member) {
      define(realm.Intl, name, withDefaults(member as unknown as Constructor));
    }
  }
  virtualPresent(realm.Intl.DateTimeFormat.prototype, environment);
}

/**
 * The locales asked for, and behind them the default: where none is asked for (`[]`, too), or none
 * that the engine knows, it would take the machine's.
 */
export function localesOf(given: unknown): string[] {
  return [...Intl.getCanonicalLocales(given as string[] | undefined), DEFAULT_LOCALE];
}

/** Date options whose time zone is the default, unless they name one. */
export function zoned(given: unknown): Intl.DateTimeFormatOptions {
  const options = given as Intl.DateTimeFormatOptions | undefined;
  return { ...options, timeZone: options?.timeZone ?? DEFAULT_TIME_ZONE };
}

/** Makes the argument at `position`, of locales, end with {@link DEFAULT_LOCALE}. */
function defaultArgument(prototype: object, name: string, position: number): void {
  const real = (prototype as Record<string, Method>)[name];
  if (real === undefined) return;
  const method = {
    [name](this: unknown, ...values: unknown[]): unknown {
      const given = [...values];
      given[position] = localesOf(given[position]);
      return real.apply(this, given);
    },
  };
  define(prototype, name, method[name]);
}

function withDefaults(Real: Constructor): Constructor {
  const fill = ([locales, options, ...rest]: unknown[]): unknown[] => [
    localesOf(locales),
    Real.name === 'DateTimeFormat' ? zoned(options) : options,
    ...rest,
  ];
  const wrapped = new Proxy(Real, {
    construct: (_, values, target) => Reflect.construct(Real, fill(values), target) as object,
    apply: (_, self, values) => Reflect.apply(Real as unknown as Method, self, fill(values)),
  });
  define(Real.prototype, 'constructor', wrapped);
  return wrapped;
}

/** `format()` without a date formats the present, which is virtual here. */
function virtualPresent(prototype: Intl.DateTimeFormat, environment: Environment): void {
  const getFormat = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  if (getFormat === undefined) return;
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format = getFormat.call(this) as (date: unknown) => string;
      return (date?: unknown) => format(date ?? environment.readClock());
    },
  });
  const { formatToParts } = prototype;
  define(prototype, 'formatToParts', function (this: Intl.DateTimeFormat, date?: number | Date) {
    return formatToParts.call(this, date ?? environment.readClock());
  });
}
