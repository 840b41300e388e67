import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import ts from 'typescript';
import type { Builder, Value } from '../runtime/authors-api.ts';
import { run } from '../runtime/run-program.ts';
import { type Checked, checkProject } from './compile.ts';

/** What the runtime's objects have that is none of an author's business. */
const INTERNAL: Readonly<Record<string, readonly string[]>> = {
  Task: ['kind', 'form', 'portals'],
  Application: ['site', 'elements'],
  ActorBehaviour: ['handler', 'factory'],
};

/** One object of every type of the API, by the type's name. */
const objects = new Map<string, object>();

let checked: Checked;

before(() => {
  checked = checkProject('test/types');
  run((app, { PortalsJS }) => collect(app, PortalsJS));
});

function collect(app: Builder, api: Value): void {
  const numbers = app.generatorsWithName('numbers').fromArray([1]);
  const workflow = app.workflowsWithName('w').source(numbers.stream);
  const portal = app.portal('p');
  const actors = api.Actors.ActorWorkflow(
    'actors',
    api.Actors.init((ctx: Value) => {
      objects.set('ActorContext', ctx);
      objects.set('MapState', api.Actors.MapState('map', ctx));
      return api.Actors.stopped;
    }),
    app,
  );
  const splitter = app.splitters.empty(numbers.stream);
  const task = app.tasks.identity();
  for (const [name, value] of Object.entries({
    PortalsApi: api,
    System: api.System(),
    Actors: api.Actors,
    ActorBehaviour: api.Actors.same,
    ActorReference: api.Actors.ref('a'),
    ActorMessage: api.Actors.message(api.Actors.ref('a'), 1),
    ActorWorkflow: actors,
    ApplicationBuilder: app,
    Generators: app.generators,
    Workflows: app.workflows,
    Sequencers: app.sequencers,
    Splitters: app.splitters,
    Splits: app.splits,
    Connections: app.connections,
    Registry: app.registry,
    Tasks: app.tasks,
    Task: task,
    TaskFlow: workflow,
    Generator: numbers,
    AtomicStream: numbers.stream,
    Sequencer: app.sequencers.random(),
    Splitter: splitter,
    Portal: portal,
  })) {
    objects.set(name, value as object);
  }
  const frozen = workflow
    .askerreplier(
      portal,
      portal,
      (ctx) => () => {
        objects.set('AskerReplierContext', ctx);
        objects.set('State', api.PerKeyState('n', 0, ctx));
        objects.set('Stash', api.Stash(ctx));
        objects.set('Future', ctx.ask(portal, 1));
      },
      () => () => {},
    )
    .sink()
    .freeze();
  objects.set('Workflow', frozen);
  const application = app.build();
  objects.set('Application', application);
  api.System().launch(application);
  api.System().stepUntilComplete();
}

/** The names of `value`'s own and inherited members, but those that every object has. */
function membersOf(value: object): string[] {
  const names = new Set<string>();
  for (let at = value; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    if (at === Function.prototype) break;
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  for (const name of ['constructor', 'length', 'name', 'prototype']) {
    if (name !== 'name' || typeof value === 'function') names.delete(name);
  }
  return [...names].sort();
}

/** The exported type `name` of the module `portals`. */
function typeOf(name: string): ts.Type {
  const { program } = checked;
  const checker = program.getTypeChecker();
  const module = checker.getAmbientModules().find((found) => found.name === '"portals"');
  assert.ok(module);
  const symbol = checker.getExportsOfModule(module).find((found) => found.name === name);
  assert.ok(symbol, `no type ${name} is exported`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

/** Whether a name stands for a value, perhaps by another name. */
function isValue(checker: ts.TypeChecker): (symbol: ts.Symbol) => boolean {
  return (symbol) => {
    const isAlias = symbol.flags & ts.SymbolFlags.Alias;
    const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    return (meant.flags & ts.SymbolFlags.Value) !== 0;
  };
}

/** Whether the editor has something to show for a member: a comment on it or on a call of it. */
function isExplained(member: ts.Symbol, checker: ts.TypeChecker): boolean {
  if (member.getDocumentationComment(checker).length > 0) return true;
  const calls = checker.getTypeOfSymbol(member).getCallSignatures();
  return (
    calls.length > 0 && calls.every((call) => call.getDocumentationComment(checker).length > 0)
  );
}

/** The names of a type's properties, without those that only the type checker knows. */
function propertiesOf(type: ts.Type): string[] {
  return type
    .getProperties()
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('__@'))
    .sort();
}

const NAMES = [
  'PortalsApi System Actors ActorBehaviour ActorReference ActorMessage ActorWorkflow ActorContext',
  'MapState ApplicationBuilder Generators Workflows Sequencers Splitters Splits Connections',
  'Registry Tasks Task TaskFlow Generator AtomicStream Sequencer Splitter Portal Workflow',
  'AskerReplierContext State Stash Future Application',
].flatMap((names) => names.split(' '));

for (const name of NAMES) {
  test(`${name} has the same members in the runtime and in the types`, () => {
    const object = objects.get(name);
    assert.ok(object, `no ${name} was made`);
    const internal = INTERNAL[name] ?? [];
    const members = membersOf(object).filter((member) => !internal.includes(member));
    assert.deepEqual(members, propertiesOf(typeOf(name)));
  });
}

for (const name of NAMES) {
  test(`every member of ${name} says what it is`, () => {
    const checker = checked.program.getTypeChecker();
    const silent = typeOf(name)
      .getProperties()
      .filter((member) => !/^(__@|kind$)/.test(member.name) && !isExplained(member, checker))
      .map((member) => member.name);
    assert.deepEqual(silent, []);
  });
}

test('no object is left out', () => {
  assert.deepEqual([...objects.keys()].sort(), [...NAMES].sort());
});

test('the names that `portals` exports as values are those of the API', () => {
  const { program } = checked;
  const checker = program.getTypeChecker();
  const module = checker.getAmbientModules().find((found) => found.name === '"portals"');
  assert.ok(module);
  const values = checker
    .getExportsOfModule(module)
    .filter(isValue(checker))
    .map(({ name }) => name);
  const api = Object.keys(objects.get('PortalsApi') ?? {});
  assert.deepEqual(values.sort(), [...api, 'PortalsJS', 'default'].sort());
});

test('parts of the API that are plain objects have the same members, too', () => {
  const checker = checked.program.getTypeChecker();
  const partOf = (name: string, part: string) => {
    const property = typeOf(name).getProperty(part);
    assert.ok(property);
    return propertiesOf(checker.getTypeOfSymbol(property));
  };
  for (const [name, part] of [
    ['AskerReplierContext', 'log'],
    ['AskerReplierContext', 'state'],
    ['ActorContext', 'log'],
    ['ApplicationBuilder', 'portal'],
    ['Registry', 'streams'],
    ['Registry', 'sequencers'],
    ['Registry', 'splitters'],
    ['Registry', 'portals'],
  ] as const) {
    const value = (objects.get(name) as Record<string, object>)[part];
    assert.ok(value);
    assert.deepEqual(membersOf(value), partOf(name, part), `${name}.${part}`);
  }
});
