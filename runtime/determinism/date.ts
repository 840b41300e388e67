import type { Environment } from './environment.ts';
import { localesOf, zoned } from './locale.ts';
import { define, type Realm } from './realm.ts';

/**
 * Replaces `Date` by one whose present is the environment's virtual time and whose local time zone
 * is UTC, on any machine. The prototype stays, so that every date is still an instance of `Date`.
 */
export function virtualDate(realm: Realm, environment: Environment): void {
  const RealDate = realm.Date;
  const prototype = RealDate.prototype;
  const VirtualDate = {
    // V8 shows the name that the function has in the source, whatever its property says.
    Date: function (this: unknown, ...parts: unknown[]): unknown {
      if (new.target === undefined) return new RealDate(environment.readClock()).toString();
      return Reflect.construct(RealDate, [instantOf(parts)], new.target);
    },
  }.Date;
  const instantOf = (parts: unknown[]): number => {
    if (parts.length === 0) return environment.readClock();
    if (parts.length > 1) return RealDate.UTC(...(parts as [number, number]));
    const [only] = parts;
    if (isDate(only)) return prototype.getTime.call(only);
    const primitive = toPrimitive(only);
    return typeof primitive === 'string' ? parseUtc(RealDate, primitive) : Number(primitive);
  };
  Object.defineProperty(VirtualDate, 'name', { value: 'Date' });
  Object.defineProperty(VirtualDate, 'length', { value: 7 });
  Object.defineProperty(VirtualDate, 'prototype', { value: prototype, writable: false });
  define(VirtualDate, 'now', () => environment.readClock());
  define(VirtualDate, 'parse', (text: unknown) => parseUtc(RealDate, String(text)));
  define(VirtualDate, 'UTC', RealDate.UTC);
  define(prototype, 'constructor', VirtualDate);
  useUtcAsLocalTime(prototype);
  useDefaultLocale(prototype);
  define(realm, 'Date', VirtualDate);
}

const FIELDS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];

function useUtcAsLocalTime(prototype: Date): void {
  const methods = prototype as unknown as Record<string, unknown>;
  for (const field of FIELDS) {
    define(prototype, `get${field}`, methods[`getUTC${field}`]);
    define(prototype, `set${field}`, methods[`setUTC${field}`]);
  }
  define(prototype, 'getDay', prototype.getUTCDay);
  const { getTime, getUTCFullYear, setUTCFullYear, toUTCString } = prototype;
  const text = (date: Date, from: 'date' | 'time' | 'both'): string => {
    if (Number.isNaN(getTime.call(date))) return 'Invalid Date';
    // `Mon, 01 Jan 2024 00:00:00 GMT` has every part that the local texts need.
    const [day = '', number, month, year, time] = toUTCString.call(date).split(' ');
    const first = `${day.replace(',', '')} ${month} ${number} ${year}`;
    const second = `${time} GMT+0000 (Coordinated Universal Time)`;
    return from === 'date' ? first : from === 'time' ? second : `${first} ${second}`;
  };
  const local = {
    toString(this: Date): string {
      return text(this, 'both');
    },
    toDateString(this: Date): string {
      return text(this, 'date');
    },
    toTimeString(this: Date): string {
      return text(this, 'time');
    },
    getTimezoneOffset(this: Date): number {
      return Number.isNaN(getTime.call(this)) ? Number.NaN : 0;
    },
    getYear(this: Date): number {
      return getUTCFullYear.call(this) - 1900;
    },
    setYear(this: Date, year: unknown): number {
      const number = Math.trunc(Number(year));
      return setUTCFullYear.call(this, number >= 0 && number <= 99 ? 1900 + number : number);
    },
  };
  for (const [name, method] of Object.entries(local)) define(prototype, name, method);
}

function useDefaultLocale(prototype: Date): void {
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const real = prototype[name];
    const method = {
      [name](this: Date, locales?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions) {
        return real.call(this, localesOf(locales), zoned(options));
      },
    };
    define(prototype, name, method[name]);
  }
}

const DATE_ONLY = /^[+-]?\d{4,6}(?:-\d\d(?:-\d\d)?)?$/;
const HAS_ZONE = /(?:Z|UTC?|GMT|[ECMP][SD]T|[+-]\d\d:?\d\d)(?:\s*\([^)]*\))?\s*$/i;
const ISO_TIME = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?$/;

/** Parses a date, taking the zone to be UTC where the text names none. */
function parseUtc(RealDate: DateConstructor, text: string): number {
  if (DATE_ONLY.test(text) || HAS_ZONE.test(text)) return RealDate.parse(text);
  const inUtc = RealDate.parse(ISO_TIME.test(text) ? `${text}Z` : `${text} UTC`);
  return Number.isNaN(inUtc) ? RealDate.parse(text) : inUtc;
}

function isDate(value: unknown): value is Date {
  if (typeof value !== 'object' || value === null) return false;
  try {
    Date.prototype.getTime.call(value);
    return true;
  } catch {
    return false;
  }
}

/** The language's ToPrimitive without a hint, which `new Date(object)` applies. */
function toPrimitive(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
  const exotic = (value as Record<symbol, unknown>)[Symbol.toPrimitive];
  if (typeof exotic === 'function') return exotic.call(value, 'default');
  const own = value.valueOf();
  return typeof own === 'object' && own !== null ? String(value) : own;
}
