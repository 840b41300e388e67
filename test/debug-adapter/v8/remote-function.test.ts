import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { AGENT_EXPRESSION } from '../../../debug-adapter/agent/index.ts';
import {
  AGENT,
  Code,
  callArguments,
  callExpression,
  Handle,
  remoteFunction,
} from '../../../debug-adapter/v8/remote-function.ts';
import { createRealm } from '../../../program/realm.ts';
import { freeNames, scopesOf } from '../../../program/scopes.ts';
import { builtFile } from '../../built-file.ts';

const SOURCES = readdirSync('debug-adapter', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join('debug-adapter', file), 'utf8') }));

/** The texts of the functions as they are sent: those of the built file. */
function remoteTexts(): readonly string[] {
  const code = readFileSync(builtFile('debug-adapter.js'), 'utf8');
  const texts: string[] = [];
  simple(parse(code, { ecmaVersion: 'latest' }), {
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type === 'Identifier' && callee.name === 'remoteFunction' && first) {
        texts.push(code.slice(first.start, first.end));
      }
    },
  });
  return texts;
}

function freeNamesOf(text: string): readonly string[] {
  return freeNames(scopesOf(parse(`(${text})`, { ecmaVersion: 'latest', ranges: true })));
}

test('every remote function parses and names nothing but globals of the realm', () => {
  const texts = remoteTexts();
  const written = SOURCES.flatMap(({ text }) => text.match(/= remoteFunction\(/g) ?? []);
  assert.ok(texts.length > 10);
  assert.equal(texts.length, written.length, 'each of the sources is in the built file');
  const globals = new Set(Object.getOwnPropertyNames(createRealm().global));
  for (const text of texts) {
    assert.doesNotThrow(() => new vm.Script(`(${text})`), text);
    assert.deepEqual(
      freeNamesOf(text).filter((name) => !globals.has(name)),
      [],
      text,
    );
  }
});

test('no other text of the adapter is a function', () => {
  const found = SOURCES.flatMap(({ file, text }) => {
    const lines = text.split('\n').map((line, at) => ({ line, at: `${file}:${at + 1}` }));
    return lines.filter(({ line }) =>
      /['"`]\(*(async )?function( [\w$]+| \$\{\w+\})? ?\(|functionDeclaration: ['"`]/.test(line),
    );
  });
  const said = found.map(({ at, line }) => `${at} ${line.trim()}`);
  // Accessors of the program's own variables, as a part of its script.
  assert.deepEqual(
    said.filter((each) => !each.startsWith('v8/script/name-access.ts')),
    [],
  );
});

test('arguments: data by value, handles by reference, expressions as they are', () => {
  const handle = new Handle({ type: 'object', objectId: 'o1' });
  const huge = new Handle({ type: 'bigint', unserializableValue: '7n' });
  assert.deepEqual(callArguments([1, 'two', { three: 3 }, handle, huge]), [
    { value: 1 },
    { value: 'two' },
    { value: { three: 3 } },
    { objectId: 'o1' },
    { unserializableValue: '7n' },
  ]);
  const sum = remoteFunction((one: number, other: number, text: string) => `${one + other}${text}`);
  const expression = callExpression(sum, 1, new Code<number>('[2].length'), '"\n\u2028');
  assert.equal(vm.runInNewContext(expression), '2"\n\u2028');
  assert.equal(AGENT.text, AGENT_EXPRESSION);
});
