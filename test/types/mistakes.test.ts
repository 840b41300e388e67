import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Complaint, checkProject } from './compile.ts';

/** What the mistakes below are made with. */
const SETTING = `
import { Actors, type ActorReference, PortalsJS } from 'portals';
const { PerKeyState } = PortalsJS;
const builder = PortalsJS.ApplicationBuilder('app');
const { tasks } = builder;
const numbers = builder.generators.fromArray([1, 2]);
const flow = builder.workflows.source(numbers.stream);
const stock = builder.portal.portal<{ item: number }, boolean>('stock', ({ item }) => item);
const words = builder.sequencers.random<string>();
declare const greeter: ActorReference<string>;
declare function lookUp(value: number): Promise<number>;
`;

/** A statement that is wrong, and the part of the complaint that says why. */
const MISTAKES: readonly (readonly [statement: string, complaint: string])[] = [
  // Events have the type that comes down the flow.
  ["flow.filter((event) => event.startsWith('a'))", "'startsWith' does not exist on type 'number'"],
  ['flow.map(() => String).map(() => (event) => event.toFixed())', "exist on type 'string'"],
  ['flow.flatMap(() => (event) => event)', "'number' is not assignable to type 'Iterable<"],
  ['flow.flatMap(() => (n) => [n]).key((n) => n.id)', "'id' does not exist on type 'number'"],
  ['flow.key(() => ({ id: 1 }))', "is not assignable to type 'Key'"],
  ['flow.map((event: number) => event + 1)', 'is not assignable'],
  [
    'flow.union([flow.map(() => String)]).map(() => (n) => n.toFixed())',
    "on type 'string | number'",
  ],
  ['flow.processor<string>((ctx) => (event) => ctx.emit(event))', "parameter of type 'string'"],
  ["flow.map((ctx) => (event) => ctx.emit('more'))", "parameter of type 'never'"],
  ['flow.processor((ctx) => (event) => ctx.emit(event)).map(() => (e) => e.id)', 'unknown'],
  ['flow.logger(1)', "parameter of type 'string'"],
  ["flow.sample('2')", "parameter of type 'number'"],
  ['flow.nothing().map(() => (event) => event.id)', "'id' does not exist on type 'never'"],
  ['flow.consume((ctx) => (event) => ctx.emit(event))', "parameter of type 'never'"],

  // Handlers are synchronous.
  ['flow.map(() => async (event) => event)', 'handlers are synchronous'],
  ['flow.map(() => (event) => lookUp(event))', 'handlers are synchronous'],
  ['flow.processor((ctx) => async (event) => ctx.log.info(event))', "to type 'NotAPromise'"],
  ['flow.withOnNext', "'withOnNext' does not exist on type 'Flow<number>'"],
  ['flow.filter(() => true).withOnAtomComplete(async () => {})', "to type 'NotAPromise'"],

  // What refines a task needs one, and one that fits.
  ["flow.withName('source')", "'withName' does not exist on type 'Flow<number>'"],
  ['flow.identity().union(flow).withWrapper(() => (w) => w)', "'withWrapper' does not exist"],
  [
    'flow.task(tasks.map(() => (text: string) => text))',
    "'number' is not assignable to type 'string'",
  ],
  ['flow.task((event) => event)', "to parameter of type 'Behaviour<"],
  ['flow.map(() => String).withStep(tasks.map(() => (n) => n + 1))', "to type 'string'"],
  ['flow.identity().withLoop(tasks.identity(), 2)', 'is not assignable to parameter'],
  ['flow.map(() => String).withAndThen(tasks.map(() => (n: number) => n))', "type 'number'"],
  ['flow.map(() => String).withWrapper((ctx) => (w) => (n) => w(ctx)(String(n)))', "'number'"],
  ['flow.vsm(tasks.processor((ctx) => (text: string) => undefined))', "to type 'string'"],
  ['flow.init(() => (event) => event)', "to type 'Behaviour<"],
  ['tasks.map(() => (n: number) => n).withOnNext((ctx) => (n) => ctx.emit(String(n)))', "'number'"],

  // Elements are of their kind, and streams and sequencers carry the same.
  ['builder.workflows.source(numbers)', "to parameter of type 'AtomicStream<"],
  [
    'builder.connections.connect(numbers.stream, words)',
    "'number' is not assignable to type 'string'",
  ],
  [
    'builder.connections.connect(numbers, words)',
    "is not assignable to parameter of type 'AtomicStream<",
  ],
  [
    'builder.splits.split(numbers.stream, () => true)',
    'Type \'"stream"\' is not assignable to type \'"splitter"\'',
  ],
  ['builder.generators.fromArray(1)', "parameter of type 'readonly"],
  ['builder.generators.fromArrayOfArrays([1])', "'number' is not assignable to type 'readonly"],
  ["builder.generators.fromRange('1', 2)", "parameter of type 'number'"],
  ['builder.generators.fromArray([1], [{}])', "to type 'Key'"],
  ['builder.generator.signal(1)', "Did you mean 'generators'"],
  ['PortalsJS.System().launch(builder)', "'Application'"],
  ['PortalsJS.applicationBuilder', "Did you mean 'ApplicationBuilder'"],

  // Portals say what is asked and replied.
  ['flow.asker(numbers.stream, () => () => {})', "to parameter of type 'Portals<"],
  ['flow.asker(stock, (ctx) => (item) => ctx.ask(stock, item))', "type '{ item: number; }'"],
  ['flow.asker(stock, (ctx) => (item) => ctx.ask(stock, { itm: item }))', "'itm' does not exist"],
  [
    'flow.asker(stock, (c) => (item) => { const f: { value(ctx: never): string } = c.ask(stock, { item }); f; })',
    "'boolean' is not assignable to type 'string'",
  ],
  [
    'flow.asker(stock, (c) => (n) => c.await(c.ask(stock, { item: n }), (d) => d.reply(1)))',
    "'reply' does not exist",
  ],
  ['flow.asker(stock, (c) => (n) => c.ask(stock, { item: n }).value())', 'Expected 1 arguments'],
  ['flow.asker(stock, (c) => (n) => c.await(stock, () => {}))', "'Future<unknown>'"],
  ['flow.processor((ctx) => (item) => ctx.ask(stock, { item }))', "'ask' does not exist"],
  [
    'flow.replier(stock, () => () => {}, (ctx) => (request) => ctx.reply(request.item))',
    "to parameter of type 'boolean'",
  ],
  [
    'flow.replier(stock, () => () => {}, (ctx) => (request) => ctx.reply(request.count > 1))',
    "'count' does not exist",
  ],
  ['flow.replier(stock, (ctx) => () => ctx.reply(true), () => () => {})', "'reply' does not exist"],
  [
    'flow.replier(stock, () => () => {}, (ctx) => () => ctx.ask(stock, { item: 1 }))',
    "'ask' does not exist",
  ],
  ['flow.replier(stock, () => () => {})', 'Expected 3 arguments'],
  [
    "builder.portal.portal<string, number>('p', (text) => text.id)",
    "'id' does not exist on type 'string'",
  ],

  // State has the type of its initial value.
  ["flow.map((ctx) => () => PerKeyState('n', 0, ctx).set('one'))", "parameter of type 'number'"],
  [
    "flow.map((ctx) => () => PerKeyState('n', '', ctx).get().toFixed())",
    "'toFixed' does not exist",
  ],
  ["flow.map((ctx) => () => PerKeyState('n', ctx))", 'Expected 3 arguments'],
  ["flow.map(() => () => PerKeyState('n', 0, flow))", 'is not assignable to parameter'],

  // Actors get messages of their type.
  [
    'Actors.receive<string>((ctx) => (text) => { ctx.send(greeter, 1); })',
    "parameter of type 'string'",
  ],
  [
    'Actors.receive<string>((ctx) => (text) => text)',
    "'string' is not assignable to type 'Next<string>'",
  ],
  ['Actors.receive<string>(() => async () => {})', "'Promise<void>'"],
  [
    'Actors.receive<string>((ctx) => () => { const n: ActorReference<number> = ctx.self; })',
    "'number' is not assignable to type 'string'",
  ],
  ['Actors.message(greeter, 1)', "parameter of type 'string'"],
  [
    'Actors.init<string>(() => Actors.receive<number>(() => () => {}))',
    "'string' is not assignable to type 'number'",
  ],
  ["Actors.ActorWorkflow('a', Actors.same)", 'Expected 3 arguments'],
  ["Actors.ActorWorkflow('a', builder, Actors.same)", 'is not assignable to parameter'],
  [
    "builder.connections.connect(numbers.stream, Actors.ActorWorkflow('a', Actors.stopped, builder).sequencer)",
    "'ActorMessage'",
  ],
];

const lines = SETTING.split('\n').length;
const complaints = new Map<number, Complaint[]>();

before(() => {
  const statements = MISTAKES.map(([statement]) => `${statement};`);
  const text = [...SETTING.split('\n'), ...statements, ''].join('\n');
  for (const complaint of checkProject('test/types', { 'test/types/mistakes.ts': text })
    .complaints) {
    assert.match(complaint.file, /mistakes\.ts$/, complaint.message);
    complaints.set(complaint.line, [...(complaints.get(complaint.line) ?? []), complaint]);
  }
});

test('what the mistakes are made with is right', () => {
  const all = [...complaints.values()].flat();
  assert.deepEqual(
    all.filter(({ line }) => line <= lines),
    [],
  );
});

for (const [index, [statement, expected]] of MISTAKES.entries()) {
  test(`wrong: ${statement}`, () => {
    const said = complaints.get(lines + 1 + index) ?? [];
    const messages = said.map(({ message }) => message).join('\n');
    assert.ok(messages.includes(expected), messages || 'nothing was said against it');
  });
}
