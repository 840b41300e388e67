import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { RecordedSession } from '../../clients/recorded-session.ts';

const PROGRAM = 'settable-values.js';

async function atStop(t: TestContext): Promise<RecordedSession> {
  const lines = readFileSync(`test/programs/${PROGRAM}`, 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes('the place to stop')) + 1;
  const session = await RecordedSession.start(t);
  await session.launch({ program: PROGRAM, breakpoints: [{ line }] });
  await session.stopped();
  return session;
}

/** The reference that the rows of `path` unfold to, each a name below the one before. */
async function below(session: RecordedSession, path: readonly string[]): Promise<number> {
  const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
  const { scopes } = (await session.client.scopesRequest({ frameId })).body;
  const [scope, ...rest] = path;
  let variablesReference = scopes.find(({ name }) => name === scope)?.variablesReference ?? 0;
  for (const name of rest) {
    const { variables } = (await session.client.variablesRequest({ variablesReference })).body;
    variablesReference = variables.find((each) => each.name === name)?.variablesReference ?? 0;
  }
  return variablesReference;
}

/** Path and name of a row, what is written, what is there then or why not, and how to see it. */
type Case = readonly [
  path: string,
  name: string,
  value: string,
  result: string | RegExp,
  check: string,
  seen: string,
];

const ROWS: readonly Case[] = [
  ['Local', 'variable', '7', '7', 'variable', '7'],
  ['Local', 'constant', '7', /'constant' cannot be set: it is a constant/, 'constant.inside', '1'],
  ['Local/object', 'plain', 'x + 1', '2', 'object.plain', '2'],
  ['Local/object', 'odd name', '"new"', "'new'", 'object["odd name"]', "'new'"],
  ['Local/object/nested', 'deep', '[1, 2]', '(2) [1, 2]', 'object.nested.deep[1]', '2'],
  ['Local/object', 'Symbol(name)', '5', '5', 'object[name]', '5'],
  ['Local/object', 'absent', '1', /not a part of the object/, '"absent" in object', 'false'],
  ['Local/object', '[[Prototype]]', 'null', /not a part of the object/, 'object.plain', '2'],
  ['Local/object', 'plain', 'nowhere', /nowhere is not defined/, 'object.plain', '2'],
  ['Local/frozen', 'a', '2', /'a' cannot be set: the object is frozen/, 'frozen.a', '1'],
  ['Local/sealed', 'a', '2', '2', 'sealed.a', '2'],
  ['Local/partly', 'fixed', '2', /'fixed' cannot be set: it is read-only/, 'partly.fixed', '1'],
  ['Local/array', '1', '"b"', "'b'", 'array[1]', "'b'"],
  ['Local/array', 'length', '1', '1', 'array', '[1]'],
  ['Local/array', 'length', '-1', /RangeError: Invalid array length/, 'array.length', '1'],
  ['Local/frozenArray', '0', '2', /'0' cannot be set: the object is frozen/, 'frozenArray[0]', '1'],
  ['Local/bytes', '0', '300', '44', 'bytes[0]', '44'],
  ['Local/bytes', '1', '"text"', '0', 'bytes[1]', '0'],
  ['Local/bytes', '2', '1', /not a part of the object/, 'bytes.length', '2'],
  ['Local/clamped', '0', '300', '255', 'clamped[0]', '255'],
  ['Local/huge', '0', '5n', '5n', 'huge[0]', '5n'],
  ['Local/huge', '0', '5', /Cannot convert 5 to a BigInt/, 'huge[0]', '5n'],
  ['Local/floats', '0', '0.1', '0.10000000149011612', 'floats[0]', '0.10000000149011612'],
  ['Local/map', "'a'", '{ v: 1 }', '{v: 1}', "map.get('a').v", '1'],
  ['Local/map', '2', '"zwei"', "'zwei'", 'map.get(2)', "'zwei'"],
  ['Local/map', '{id: 1}', '0', '0', 'map.get(key)', '0'],
  ['Local/map', "'b'", '1', /not a part of the object/, 'map.size', '3'],
  ['Local/map', "'a'", '3', '3', 'Object.keys(map).length', '0'],
  [
    'Local/twins',
    '{id: 1}',
    '0',
    /2 entries are shown like this/,
    '[...twins.values()]',
    "(2) ['first', 'second']",
  ],
  ['Local/set', '1', '"new"', "'new'", '[...set].join()', "'x,new,z'"],
  ['Local/set', '0', '"z"', /the set has this value already/, '[...set].join()', "'x,new,z'"],
  ['Local/account', '#cents', '700', '700', 'account.cents', '700'],
  ['Local/account', '#half', '1', /'#half' was defined without a setter/, 'account.cents', '700'],
  ['Local/account', 'owner', '"bob"', "'bob'", 'account.owner', "'bob'"],
  ['Local/accessors', 'both', '4', '8', 'accessors.stored', '8'],
  ['Local/accessors/both', 'both', '5', '10', 'accessors.stored', '10'],
  ['Local/accessors', 'readOnly', '2', /it has a getter, but no setter/, 'accessors.readOnly', '1'],
  ['Local/accessors', 'fails', '2', /RangeError: not 2/, 'accessors.stored', '10'],
  ['Local/heir', 'own', '3', '3', 'heir.own', '3'],
  ['Local/proxy', '[[Target]]', '3', /not a part of the object/, 'proxy.a', '1'],
  ['Local/proxy/[[Target]]', 'a', '3', '3', 'proxy.a', '3'],
  ['Local/add/[[Scopes]]', 'variable', '3', /a function that is not on the stack/, 'variable', '7'],
  ['State of this key', 'seen', '{ count: 2 }', /^\{count: 2\}/, 'state.get().count', '2'],
  ['State of this key/seen', 'count', '3', /set the state itself/, 'state.get().count', '2'],
];

test('Set Value writes by the kind of container, and shows what is there', async (t) => {
  const session = await atStop(t);
  for (const [path, name, value, result, check, seen] of ROWS) {
    const variablesReference = await below(session, path.split('/'));
    const said = await session.client
      .setVariableRequest({ variablesReference, name, value })
      .then(({ body }) => body.value)
      .catch((error: Error) => error.message);
    const what = `${path}/${name} = ${value}`;
    if (typeof result === 'string') assert.equal(said, result, what);
    else assert.match(said, result, what);
    assert.equal(await session.evaluate(check), seen, `${check} after ${what}`);
  }
});

/** An expression, what is written, what is there then or why not, and how to see it. */
const EXPRESSIONS: readonly (readonly [string, string, string | RegExp, string, string])[] = [
  ['variable', '8', '8', 'variable', '8'],
  ['(variable)', 'variable + 1', '9', 'variable', '9'],
  ['constant', '1', /'constant' cannot be set: it is a constant/, 'constant.inside', '1'],
  [
    'nowhere',
    '1',
    /'nowhere' cannot be set: there is no such variable/,
    'typeof nowhere',
    "'undefined'",
  ],
  ['builder', '1', /'builder' cannot be set: it is a constant/, 'typeof builder', "'object'"],
  ['object.plain', '"p"', "'p'", 'object.plain', "'p'"],
  ['object["odd" + " name"]', '3', '3', "object['odd name']", '3'],
  ['object[name]', '6', '6', 'object[name]', '6'],
  ['object.added', '1', '1', 'object.added', '1'],
  ['object.nested.deep', 'null', 'null', 'object.nested.deep', 'null'],
  ['frozen.a', '2', /the object is frozen/, 'frozen.a', '1'],
  ['sealed.b', '2', /nothing can be added to the object/, '"b" in sealed', 'false'],
  ['array[x]', '5', '5', 'array[1]', '5'],
  ['bytes[0]', '300', '44', 'bytes[0]', '44'],
  ['bytes[9]', '1', /has no such element/, 'bytes.length', '2'],
  ['map.a', '1', /a Map has no property a/, 'Object.keys(map).length', '0'],
  ['set[0]', '1', /a Set has no property 0/, 'Object.keys(set).length', '0'],
  ['account.#cents', '900', '900', 'account.cents', '900'],
  ['account.euros', '3', '3', 'account.cents', '300'],
  ['accessors.readOnly', '2', /it has a getter, but no setter/, 'accessors.readOnly', '1'],
  ['heir.readOnly', '2', /it has a getter, but no setter/, 'heir.readOnly', '1'],
  ['heir.both', '2', '4', 'heir.stored', '4'],
  ['proxy.a', '2', /the proxy refused the value/, 'proxy.a', '1'],
  ['x.y', '2', /'x' is not an object/, 'x', '1'],
  ['variable + 1', '2', /it is not a variable, a part of an object, or a state/, 'variable', '9'],
  ['object?.plain', '2', /it is not a variable/, 'object.plain', "'p'"],
  ['variable; variable', '2', /it is not a variable/, 'variable', '9'],
  ['variable', 'throw', /SyntaxError/, 'variable', '9'],
  ['$state("task", "seen", 1)', '{ count: 4 }', '{count: 4}', 'state.get().count', '4'],
  ['$state("task", "seen", 1).count', '5', /set the state itself/, 'state.get().count', '4'],
  ['$state("none", "seen", 1)', '5', /'none' names 0 tasks/, 'state.get().count', '4'],
];

test('setExpression assigns to variables, parts of objects, and states', async (t) => {
  const session = await atStop(t);
  for (const [expression, value, result, check, seen] of EXPRESSIONS) {
    const frameId = (await session.frames(session.threadId))[0]?.id ?? 0;
    const said = await session.client
      .customRequest('setExpression', { expression, value, frameId })
      .then(({ body }) => String(body.value))
      .catch((error: Error) => error.message);
    const what = `${expression} = ${value}`;
    if (typeof result === 'string') assert.equal(said, result, what);
    else assert.match(said, result, what);
    assert.equal(await session.evaluate(check), seen, `${check} after ${what}`);
  }
});
