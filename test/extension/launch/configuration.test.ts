import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ATTRIBUTE_RULES } from '../../../extension/launch/attributes.ts';
import {
  checkConfiguration,
  completeConfiguration,
  type PortalsConfiguration,
} from '../../../extension/launch/configuration.ts';
import { UserError } from '../../../extension/user-error.ts';

const FILES = { isFile: (path: string): boolean => !path.includes('missing') };

function launch(attributes: Record<string, unknown>): PortalsConfiguration {
  return { type: 'portals', request: 'launch', name: 'App', program: '/w/app.js', ...attributes };
}

/** Checks `attributes` in the folder /w; returns the code and message of the error, or `ok`. */
function problem(attributes: Record<string, unknown>, folder: string | undefined = '/w'): string {
  try {
    checkConfiguration(launch(attributes), folder, FILES);
    return 'ok';
  } catch (error) {
    assert.ok(error instanceof UserError);
    assert.notEqual(error.remedy, '');
    return `${error.code}: ${error.message}`;
  }
}

test('F5 without a launch.json debugs the active file and stops on entry', () => {
  assert.deepEqual(completeConfiguration({}, '/w/shop.ts'), {
    type: 'portals',
    request: 'launch',
    name: 'shop.ts',
    program: '/w/shop.ts',
    stopOnEntry: true,
  });
});

test('Ctrl+F5 runs without debugging and shows the output', () => {
  const config = completeConfiguration({ noDebug: true }, '/w/shop.ts');
  assert.equal(config['noDebug'], true);
  assert.equal(config['internalConsoleOptions'], 'openOnSessionStart');
  const quiet = { noDebug: true, internalConsoleOptions: 'neverOpen' };
  assert.equal(completeConfiguration(quiet, '/w/shop.ts')['internalConsoleOptions'], 'neverOpen');
});

test('a configuration keeps its attributes and gets defaults for the others', () => {
  const given = { type: 'portals', request: 'launch', name: 'Mine', seed: 7, stopOnEntry: false };
  assert.deepEqual(completeConfiguration(given, '/w/a.js'), { ...given, program: '/w/a.js' });
  const named = { ...given, program: 'b.js' };
  assert.deepEqual(completeConfiguration(named, '/w/a.js'), named);
});

test('a configuration for the active file needs an active file', () => {
  const given = { type: 'portals', request: 'launch', name: 'Open', program: `\${file}` };
  assert.throws(
    () => completeConfiguration(given, undefined),
    (error) => error instanceof UserError && error.code === 'PORTALS_NO_PROGRAM',
  );
  assert.equal(completeConfiguration(given, '/w/app.js').program, `\${file}`);
});

test('without a file the error offers an example', () => {
  assert.throws(
    () => completeConfiguration({}, undefined),
    (error) =>
      error instanceof UserError &&
      error.code === 'PORTALS_NO_PROGRAM' &&
      error.actions[0]?.command === 'portals.openExample',
  );
});

test('relative paths start at the workspace folder', () => {
  const config = checkConfiguration(
    launch({ program: 'apps/shop.ts', trace: 'out.ptrace', replay: '/abs/in.ptrace' }),
    '/w',
    FILES,
  );
  assert.equal(config['program'], '/w/apps/shop.ts');
  assert.equal(config['trace'], '/w/out.ptrace');
  assert.equal(config['replay'], '/abs/in.ptrace');
});

test('invalid configurations are rejected before the launch with their cause', () => {
  const refused: readonly [Record<string, unknown>, RegExp][] = [
    [{ program: '/w/app.py' }, /^PORTALS_PROGRAM_KIND: 'app.py' is not a program/],
    [{ program: '/w/missing.js' }, /^PORTALS_PROGRAM_MISSING: .*'\/w\/missing.js' does not exist/],
    [{ replay: '/w/missing.ptrace' }, /^PORTALS_REPLAY_MISSING/],
    [{ request: 'attach' }, /^PORTALS_REQUEST: .*'attach'/],
    [{ program: '' }, /^PORTALS_ATTRIBUTE: 'program' .*it is ""/],
    [{ seed: 1.5 }, /^PORTALS_ATTRIBUTE: 'seed' .*whole number; it is 1.5/],
    [{ seed: '7' }, /^PORTALS_ATTRIBUTE: 'seed' .*it is "7"/],
    [{ schedule: 'fair' }, /^PORTALS_ATTRIBUTE: 'schedule' .*drain, random, pct, manual/],
    [{ faults: 'crash:/a/workflows/w@read' }, /^PORTALS_ATTRIBUTE: 'faults'/],
    [{ faults: ['crash /a/workflows/w'] }, /^PORTALS_ATTRIBUTE: 'faults'/],
    [{ faults: ['crash:/a/workflows/w@read#0'] }, /^PORTALS_ATTRIBUTE: 'faults'/],
    [{ snapshotEvery: 0 }, /^PORTALS_ATTRIBUTE: 'snapshotEvery'/],
    [{ onHandlerError: 'retry' }, /^PORTALS_ATTRIBUTE: 'onHandlerError'/],
    [{ maxSteps: -1 }, /^PORTALS_ATTRIBUTE: 'maxSteps'/],
    [{ env: { PORT: 80 } }, /^PORTALS_ATTRIBUTE: 'env'/],
    [{ stopOnEntry: 'yes' }, /^PORTALS_ATTRIBUTE: 'stopOnEntry'/],
  ];
  for (const [attributes, expected] of refused) assert.match(problem(attributes), expected);
});

test('valid values are accepted', () => {
  const accepted: readonly Record<string, unknown>[] = [
    { program: '/w/APP.TS' },
    { seed: 0, schedule: 'pct', snapshotEvery: 1, maxSteps: 1, stopOnEntry: false },
    { faults: ['crash:/shop/workflows/cart@pre-commit#3', 'crash:/a/workflows/w@vote'] },
    { onHandlerError: 'retry(3)' },
    { runtimeExecutable: null, env: { NAME: 'value' } },
  ];
  for (const attributes of accepted) assert.equal(problem(attributes), 'ok');
});

test('a relative program needs an open folder', () => {
  const config = launch({ program: 'app.js' });
  assert.throws(() => checkConfiguration(config, undefined, FILES), /no folder is open/);
});

test('package.json declares exactly the validated attributes', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const [debuggerEntry] = manifest.contributes.debuggers;
  const { properties } = debuggerEntry.configurationAttributes.launch;
  assert.deepEqual(Object.keys(properties).sort(), Object.keys(ATTRIBUTE_RULES).sort());
  for (const [name, schema] of Object.entries<Record<string, unknown>>(properties)) {
    assert.ok(schema['description'] ?? schema['markdownDescription'], `${name} has a description`);
    if ('default' in schema && name !== 'program') {
      assert.equal(problem({ [name]: schema['default'] }), 'ok', `the default of ${name} is valid`);
    }
  }
});
