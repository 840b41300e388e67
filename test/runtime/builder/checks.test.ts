import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runScript } from '../run-script.ts';

const NOTHING = '() => () => {}';

/** Scripts that are refused: what is said, with which code and path; `▸` marks where. */
const REFUSED: readonly (readonly [script: string, code: string, says: RegExp, path?: string])[] = [
  // Two elements with one path.
  [
    `app.portal('p'); app.▸portal('p')`,
    'PORTALS_DUPLICATE_PATH',
    /two elements have the path \/app\/portals\/p.*another name/,
    '/app/portals/p',
  ],
  [
    `app.generatorsWithName('g').signal(1)
app.generatorsWithName('g').▸signal(2)`,
    'PORTALS_DUPLICATE_PATH',
    /\/app\/generators\/g/,
    '/app/generators/g',
  ],
  [
    `const g = app.generators.signal(1)
app.workflowsWithName('w').source(g.stream)
  .map(() => x => x).withName('same')
  .▸map(() => x => x).withName('same')
  .sink().freeze()`,
    'PORTALS_DUPLICATE_PATH',
    /\/app\/workflows\/w\/same/,
    '/app/workflows/w/same',
  ],
  // Two applications with one name.
  [
    `PortalsJS.System().launch(app.build())
PortalsJS.System().launch(PortalsJS.▸ApplicationBuilder('app').build())`,
    'PORTALS_DUPLICATE_APPLICATION',
    /an application named app is launched already.*another name/,
    '/app',
  ],
  // A portal with no replier, or several.
  [
    `app.▸portal('p')`,
    'PORTALS_PORTAL_WITHOUT_REPLIER',
    /no task answers the portal \/app\/portals\/p.*replier/,
    '/app/portals/p',
  ],
  [
    `const p = app.portal('p'), g = app.generators.signal(1)
app.workflowsWithName('a').source(g.stream).replier(p, ${NOTHING}, ${NOTHING}).withName('r').sink()
app.workflowsWithName('b').source(g.stream)
  .▸replier(p, ${NOTHING}, ${NOTHING}).withName('r').sink()`,
    'PORTALS_PORTAL_WITH_SEVERAL_REPLIERS',
    /\/app\/portals\/p is answered by \/app\/workflows\/a\/r and by \/app\/workflows\/b\/r/,
    '/app/workflows/b/r',
  ],
  // A registry path that does not exist.
  [
    `app.workflowsWithName('w').▸source(app.registry.streams.get('/other/generators/g/stream')).sink()`,
    'PORTALS_UNKNOWN_PATH',
    /\/app\/workflows\/w refers to the stream \/other\/generators\/g\/stream, which does not exist/,
    '/app/workflows/w',
  ],
  [
    `const g = app.generators.signal(1)
app.connectionsWithName('c').▸connect(g.stream, app.registry.sequencers.get('/other/sequencers/s'))`,
    'PORTALS_UNKNOWN_PATH',
    /the sequencer \/other\/sequencers\/s/,
    '/app/connections/c',
  ],
  [
    `app.splitsWithName('s').▸split(app.registry.splitters.get('/other/splitters/sp'), () => true)`,
    'PORTALS_UNKNOWN_PATH',
    /the splitter \/other\/splitters\/sp/,
    '/app/splitters/sp/s',
  ],
  [
    `const p = app.registry.portals.get('/other/portals/p')
app.workflowsWithName('w').source(app.generators.signal(1).stream)
  .▸asker(p, ${NOTHING}).withName('asker').sink()`,
    'PORTALS_UNKNOWN_PATH',
    /the portal \/other\/portals\/p/,
    '/app/workflows/w/asker',
  ],
  // A workflow that is not complete.
  [
    `app.workflowsWithName('w').▸source(app.generators.signal(1).stream).identity()`,
    'PORTALS_WORKFLOW_INCOMPLETE',
    /the workflow \/app\/workflows\/w has no sink.*\.sink\(\)/,
    '/app/workflows/w',
  ],
  [
    `app.workflowsWithName('w').▸source(app.generators.signal(1).stream).identity().freeze()`,
    'PORTALS_WORKFLOW_INCOMPLETE',
    /no sink/,
    '/app/workflows/w',
  ],
  [`app.workflows.▸freeze()`, 'PORTALS_WORKFLOW_INCOMPLETE', /no source.*\.source\(stream\)/],
  [
    `app.workflowsWithName('w').▸freeze()`,
    'PORTALS_WORKFLOW_INCOMPLETE',
    /the workflow \/app\/workflows\/w has no source/,
    '/app/workflows/w',
  ],
  // A workflow that is frozen already.
  [
    `const flow = app.workflowsWithName('w').source(app.generators.signal(1).stream).sink()
flow.freeze()
flow.▸identity()`,
    'PORTALS_WORKFLOW_FROZEN',
    /\/app\/workflows\/w is frozen.*before freeze\(\)/,
    '/app/workflows/w',
  ],
  // What is added too late to be part of the application.
  [
    `app.build()
app.generatorsWithName('g').▸signal(1)`,
    'PORTALS_APPLICATION_BUILT',
    /\/app is built already, without \/app\/generators\/g.*before build\(\)/,
    '/app/generators/g',
  ],
  // A workflow that waits for itself.
  [
    `app.workflowsWithName('w').▸source(app.registry.streams.get('/app/workflows/w/stream')).sink()`,
    'PORTALS_WORKFLOW_CYCLE',
    /\/app\/workflows\/w consumes what it produces itself.*sequencer/,
    '/app/workflows/w',
  ],
  [
    `const s = app.registry.streams.get('/app/splitters/sp/all/stream')
const one = app.workflowsWithName('one').▸source(s).sink().freeze()
const two = app.workflowsWithName('two').source(one.stream).sink().freeze()
app.splitsWithName('all').split(app.splittersWithName('sp').empty(two.stream), () => true)`,
    'PORTALS_WORKFLOW_CYCLE',
    /\/app\/workflows\/one consumes what it produces itself/,
    '/app/workflows/one',
  ],
  // Splits that wait for themselves.
  [
    `const s = app.registry.streams.get('/app/splitters/sp/all/stream')
app.splitsWithName('all').▸split(app.splittersWithName('sp').empty(s), () => true)`,
    'PORTALS_SPLITTER_CYCLE',
    /the split \/app\/splitters\/sp\/all gets its events from its own stream.*sequencer/,
    '/app/splitters/sp/all',
  ],
  [
    `const s = app.registry.streams.get('/app/splitters/two/b/stream')
const a = app.splitsWithName('a').▸split(app.splittersWithName('one').empty(s), () => true)
app.splitsWithName('b').split(app.splittersWithName('two').empty(a), () => true)`,
    'PORTALS_SPLITTER_CYCLE',
    /the split \/app\/splitters\/one\/a gets its events from its own stream/,
    '/app/splitters/one/a',
  ],
  // A value of the wrong kind.
  [
    `app.workflows.▸source(app.generators.signal(1))`,
    'PORTALS_WRONG_KIND',
    /source expects a stream but got the generator \/app\/generators\/\$1; pass the \.stream/,
  ],
  [`app.workflows.▸source()`, 'PORTALS_WRONG_KIND', /source expects a stream but got nothing/],
  [
    `app.splitters.▸empty([1])`,
    'PORTALS_WRONG_KIND',
    /splitters\.empty expects a stream but got an array/,
  ],
  [
    `app.splits.▸split(app.sequencers.random(), x => x)`,
    'PORTALS_WRONG_KIND',
    /split expects a splitter but got the sequencer/,
  ],
  [
    `app.splits.▸split(app.splitters.empty(app.generators.signal(1).stream), true)`,
    'PORTALS_WRONG_KIND',
    /split expects a function/,
  ],
  [
    `app.connections.▸connect(app.generators.signal(1).stream, app.sequencers.random().stream)`,
    'PORTALS_WRONG_KIND',
    /connect expects a sequencer but got the stream/,
  ],
  [
    `app.connections.▸connect(app.sequencers.random(), app.sequencers.random())`,
    'PORTALS_WRONG_KIND',
    /connect expects a stream but got the sequencer/,
  ],
  [`app.▸portal('p', 5)`, 'PORTALS_WRONG_KIND', /portal expects a function request => key/],
  [`PortalsJS.▸ApplicationBuilder()`, 'PORTALS_WRONG_KIND', /ApplicationBuilder expects a name/],
  [`PortalsJS.▸ApplicationBuilder('a/b')`, 'PORTALS_WRONG_KIND', /has no slash/],
  [`app.▸generatorsWithName(undefined)`, 'PORTALS_WRONG_KIND', /generatorsWithName expects a name/],
  [`app.▸workflowsWithName('a/b')`, 'PORTALS_WRONG_KIND', /workflowsWithName .* has no slash/],
  [`app.▸portal(x => x)`, 'PORTALS_WRONG_KIND', /portal expects a name/],
  [
    `app.registry.streams.▸get(app.generators.signal(1))`,
    'PORTALS_WRONG_KIND',
    /registry\.streams\.get expects a path like \/app\/workflows\/NAME\/stream/,
  ],
  [
    `app.registry.portals.▸get()`,
    'PORTALS_WRONG_KIND',
    /registry\.portals\.get expects a path like \/app\/portals\/NAME/,
  ],
  [
    `app.generators.▸fromArray([1, 2], [1])`,
    'PORTALS_WRONG_KIND',
    /fromArray got 1 keys for 2 values/,
  ],
  [
    `app.generators.▸fromArrayOfArrays([[1], [2]], [[1], [2, 3]])`,
    'PORTALS_WRONG_KIND',
    /fromArrayOfArrays got 2 keys for 1 values/,
  ],
  [`app.generators.▸fromArray('abc')`, 'PORTALS_WRONG_KIND', /fromArray expects an array/],
  [`app.generators.▸fromArrayOfArrays([1])`, 'PORTALS_WRONG_KIND', /expects an array/],
  [`app.generators.▸fromIterator(5)`, 'PORTALS_WRONG_KIND', /fromIterator must be/],
  [`app.generators.▸fromIteratorOfIterators()`, 'PORTALS_WRONG_KIND', /must be/],
  [`app.generators.▸fromRange(0, 5, 0)`, 'PORTALS_WRONG_KIND', /atom size of at least 1/],
  [`app.generators.▸fromRange(0, NaN, 1)`, 'PORTALS_WRONG_KIND', /fromRange expects numbers/],
  [`app.generators.▸throttle([1], 0)`, 'PORTALS_WRONG_KIND', /at least 1/],
  [`PortalsJS.System().▸launch(app)`, 'PORTALS_NOT_AN_APPLICATION', /builder\.build\(\)/],
  [`PortalsJS.System().▸launch()`, 'PORTALS_NOT_AN_APPLICATION', /builder\.build\(\)/],
];

/** What is called on a flow; it is refused with `PORTALS_WRONG_KIND`. */
const REFUSED_FLOWS: readonly (readonly [call: string, says: RegExp])[] = [
  ['map(5)', /map expects a function ctx => value => … but got a number/],
  ['flatMap()', /flatMap expects a function/],
  ['filter(null)', /filter expects a function value => true or false but got null/],
  ['key("k")', /key expects a function value => key but got a string/],
  ['processor({})', /processor expects a function/],
  ['task(() => x => x)', /task expects a task; make one with builder\.tasks/],
  ['vsm(() => x => x)', /vsm expects a task/],
  ['init(5)', /init expects a function ctx => task/],
  ['stash(5)', /stash expects a function/],
  ['consume(5)', /consume expects a function/],
  ['sample(0)', /at least 1/],
  ['union([5])', /union expects flows of the same workflow/],
  ['union(app.workflows.source(app.generators.signal(1).stream))', /of the same workflow/],
  [
    'asker("p", () => x => x)',
    /asker expects a portal but got a string; pass what builder\.portal/,
  ],
  ['asker([5], () => x => x)', /asker expects a portal but got a number/],
  ['asker(app.portal("p"))', /asker expects a function ctx => value => …/],
  ['replier(app.portal("p"), () => x => x)', /replier expects a function .* for requests/],
  ['askerreplier(app.portal("p"), 5, () => x => x, () => x => x)', /askerreplier expects a portal/],
  ['withName("name")', /withName applies to the latest task, but there is none here/],
  ['identity().withName("")', /withName expects a name/],
  ['identity().withOnNext(5)', /withOnNext expects a function/],
  ['identity().withOnError(5)', /withOnError expects a function ctx => error => …/],
  ['identity().withOnComplete(5)', /withOnComplete expects a function ctx => …/],
  ['identity().withOnAtomComplete(5)', /withOnAtomComplete expects a function/],
  ['identity().allWithOnAtomComplete(5)', /expects a function/],
  ['identity().withWrapper(5)', /withWrapper expects a function ctx => wrapped => value => …/],
  ['identity().allWithWrapper(5)', /expects a function/],
  ['identity().withStep(() => x => x)', /withStep expects a task/],
  ['identity().withLoop(0, app.tasks.identity())', /withLoop expects a count of at least 1 atom/],
  ['identity().withLoop(app.tasks.identity())', /withLoop expects a count/],
  ['identity().withAndThen(5)', /withAndThen expects a task/],
];

for (const [script, code, says, path] of REFUSED) {
  test(`refused: ${script.replace('▸', '').slice(0, 90)}`, () =>
    expectRefusal(script, code, says, path));
}

for (const [call, says] of REFUSED_FLOWS) {
  test(`refused: flow.${call}`, () => {
    const calls = call.replace(/(\w+)\((?!.*\)\.\w+\()/, '▸$1(');
    const script = `app.workflows.source(app.generators.signal(1).stream)\n  .${calls}`;
    return expectRefusal(script, 'PORTALS_WRONG_KIND', says);
  });
}

async function expectRefusal(script: string, code: string, says: RegExp, path?: string) {
  const { wrong, marked } = await runScript(script);
  assert.equal(wrong.length, 1);
  assert.equal(wrong[0]?.code, code);
  assert.match(wrong[0]?.message ?? '', says);
  assert.equal(wrong[0]?.at, marked, wrong[0]?.message);
  if (path !== undefined) assert.equal(wrong[0]?.path, path);
}
