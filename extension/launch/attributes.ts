import { parseFault } from '../../debug-adapter/protocol.ts';

/** File extensions that the bundler can load without further configuration. */
export const PROGRAM_EXTENSIONS: readonly string[] = ['.js', '.mjs', '.cjs', '.ts', '.mts'];

/** The `onHandlerError` policies, as written in a configuration. */
const HANDLER_ERROR = /^(?:propagate|fail|retry\(\d+\))$/;
const SCHEDULES: readonly unknown[] = ['drain', 'random', 'pct', 'manual'];

interface AttributeRule {
  readonly accepts: (value: unknown) => boolean;
  /** Completes the sentence "`name` must be …". */
  readonly expected: string;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;

const isTextRecord = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((entry) => typeof entry === 'string');

function isFaultText(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    parseFault(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * The valid values of each launch attribute. `package.json` declares the same attributes for the
 * JSON editor; these rules also cover configurations that do not come from launch.json.
 */
export const ATTRIBUTE_RULES: Readonly<Record<string, AttributeRule>> = {
  program: { accepts: isText, expected: 'the path of a portal app' },
  stopOnEntry: { accepts: isFlag, expected: 'true or false' },
  seed: { accepts: Number.isSafeInteger, expected: 'a whole number' },
  schedule: {
    accepts: (value) => SCHEDULES.includes(value),
    expected: `one of ${SCHEDULES.join(', ')}`,
  },
  faults: {
    accepts: (value) => Array.isArray(value) && value.every(isFaultText),
    expected: 'a list of faults like "crash:/shop/workflows/cart@pre-commit#3"',
  },
  snapshotEvery: { accepts: isCount, expected: 'a whole number of atoms, 1 or more' },
  onHandlerError: {
    accepts: (value) => typeof value === 'string' && HANDLER_ERROR.test(value),
    expected: 'propagate, fail or retry(N)',
  },
  maxSteps: { accepts: isCount, expected: 'a whole number of steps, 1 or more' },
  trace: { accepts: isText, expected: 'the path of the trace to write' },
  replay: { accepts: isText, expected: 'the path of a recorded trace' },
  logFile: { accepts: isText, expected: 'an absolute path of the log to write' },
  runtimeExecutable: {
    accepts: (value) => value === null || isText(value),
    expected: 'the path of Node.js, or null',
  },
  env: { accepts: isTextRecord, expected: 'an object of names and text values' },
};
