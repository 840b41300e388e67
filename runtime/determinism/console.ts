import type { PrintLevel } from '../contracts/environment.ts';
import { preview } from '../format/index.ts';
import type { Environment } from './environment.ts';
import { formatMessage } from './format.ts';
import { define, type Realm } from './realm.ts';

type Method = (...values: unknown[]) => void;

/**
 * A `console` that prints into the environment. Its counts, timers and groups are state of the
 * environment as well, so an aborted attempt leaves no trace in them.
 */
export function virtualConsole(realm: Realm, environment: Environment): void {
  const print = (level: PrintLevel, ...values: unknown[]): void => {
    const indent = '  '.repeat(environment.console.indent);
    const text = formatMessage(values).replace(/^/gm, indent);
    environment.print(text, level);
  };
  const plain = (level: PrintLevel): Method => {
    return (...values) => print(level, ...values);
  };
  const methods: Record<string, Method> = {
    log: plain('stdout'),
    info: plain('stdout'),
    debug: plain('stdout'),
    table: plain('stdout'),
    warn: plain('stderr'),
    error: plain('stderr'),
    trace: (...values) => print('stderr', 'Trace:', ...values),
    dir: (value) => print('stdout', typeof value === 'string' ? `'${value}'` : preview(value)),
    assert: (condition, ...values) => {
      if (!condition) print('stderr', 'Assertion failed', ...values);
    },
    clear: () => {},
    ...counting(environment, print),
    ...timing(environment, print),
    ...grouping(environment, print),
  };
  define(realm, 'console', methods);
}

type Print = (level: PrintLevel, ...values: unknown[]) => void;

function counting(environment: Environment, print: Print): Record<string, Method> {
  const set = (label: string, count: number): void => {
    environment.updateConsole({ counts: { ...environment.console.counts, [label]: count } });
  };
  return {
    count: (label = 'default') => {
      const count = (environment.console.counts[String(label)] ?? 0) + 1;
      set(String(label), count);
      print('stdout', `${label}: ${count}`);
    },
    countReset: (label = 'default') => set(String(label), 0),
  };
}

function timing(environment: Environment, print: Print): Record<string, Method> {
  const report: Method = (label = 'default', ...values) => {
    const startMs = environment.console.timers[String(label)];
    if (startMs === undefined) print('stderr', `Timer '${label}' does not exist`);
    else print('stdout', `${label}: ${environment.readClock() - startMs} ms`, ...values);
  };
  return {
    time: (label = 'default') => {
      const startMs = environment.readClock();
      environment.updateConsole({
        timers: { ...environment.console.timers, [String(label)]: startMs },
      });
    },
    timeLog: report,
    timeEnd: (label = 'default') => {
      report(label);
      const { [String(label)]: _, ...timers } = environment.console.timers;
      environment.updateConsole({ timers });
    },
  };
}

function grouping(environment: Environment, print: Print): Record<string, Method> {
  const open: Method = (...values) => {
    if (values.length > 0) print('stdout', ...values);
    environment.updateConsole({ indent: environment.console.indent + 1 });
  };
  return {
    group: open,
    groupCollapsed: open,
    groupEnd: () => {
      environment.updateConsole({ indent: Math.max(0, environment.console.indent - 1) });
    },
  };
}
