import type { AppSpec, GeneratorPart, Part, PortalPart, TaskPart } from './app-spec.ts';
import { CALLS } from './operation-calls.ts';

/**
 * - `spoiling`: handlers change in place whatever they get, also after they have handed it on.
 * - `pure`: handlers copy instead. Nothing but sharing of objects could distinguish the two.
 */
export type Manners = 'spoiling' | 'pure';

/** A generated application as a program, in the form an author would write and can run. */
export function sourceOf(spec: AppSpec, manners: Manners = 'spoiling'): string {
  const streams = spec.generators.map((_, at) => `g${at}.stream`);
  const portals = spec.portals.map((portal, at) => replier(portal, at, streams));
  const parts = spec.parts.map((part, at) => partSource(part, at, streams, spec.portals.length));
  return [
    `const app = PortalsJS.ApplicationBuilder('app')`,
    prelude(spec.objects, manners),
    ...spec.generators.map(generator),
    ...spec.portals.map(({ keyed }, at) => {
      const keyOf = keyed ? ', (x) => { const k = n(x) % 2; mutate(x); return k }' : '';
      return `const p${at} = app.portal('p${at}'${keyOf})`;
    }),
    ...portals,
    ...parts,
    'PortalsJS.System().launch(app.build())',
    'PortalsJS.System().stepUntilComplete()',
  ].join('\n');
}

/** What the handlers do with events, `x`, and with a state that is an object, `s`. */
function prelude(objects: boolean, manners: Manners): string {
  const events = !objects
    ? `const make = (n) => n, n = (x) => x, bump = (x, k) => x + k, mutate = (x) => {}`
    : manners === 'pure'
      ? `const make = (n) => ({ n, seen: [] }), n = (x) => x.n, mutate = (x) => {}
const bump = (x, k) => ({ n: x.n + k, seen: [...x.seen, k] })`
      : `const make = (n) => ({ n, seen: [] }), n = (x) => x.n
const bump = (x, k) => { x.n += k; x.seen.push(k); return x }
const mutate = (x) => { x.n = -1; x.seen.push('mutated') }`;
  const states =
    manners === 'pure'
      ? `const note = (state, x) => {
  const { sum, last } = state.get()
  state.set({ sum: sum + n(x), last: [...last, n(x)].slice(-2) })
  return sum + n(x)
}
const keep = (state, x) => state.set([...state.get(), x].slice(-2))`
      : `const note = (state, x) => {
  const s = state.get()
  s.sum += n(x)
  s.last.push(n(x))
  if (s.last.length > 2) s.last.shift()
  return s.sum
}
const keep = (state, x) => {
  const list = state.get()
  list.push(x)
  if (list.length > 2) list.shift()
  if (list.length === 1) state.set(list)
}`;
  return `${events}\n${states}
const counter = (ctx) => PortalsJS.PerKeyState('count', 0, ctx)
const notes = (ctx) => PortalsJS.PerTaskState('notes', { sum: 0, last: [] }, ctx)
const kept = (ctx) => PortalsJS.PerKeyState('kept', [], ctx)`;
}

function generator({ kind, atoms }: GeneratorPart, at: number): string {
  const name = `const g${at} = app.generatorsWithName('g${at}')`;
  const text = JSON.stringify(atoms);
  if (kind === 'drawn') {
    return `${name}.fromIteratorOfIterators((function* () {
  for (const atom of ${text}) {
    console.log('atom', atom.length)
    yield atom.map((n) => make(n + Math.floor(Math.random() * 3)))
  }
})())`;
  }
  const keys =
    kind === 'keyed' ? `, ${JSON.stringify(atoms.map((atom) => atom.map(() => 1)))}` : '';
  return `${name}.fromArrayOfArrays(${text}.map((atom) => atom.map(make))${keys})`;
}

function replier(portal: PortalPart, at: number, streams: string[]): string {
  const { nested, silentEvery, twice, source } = portal;
  const stream = streams[source % streams.length];
  const below = nested && at > 0 ? `p${at - 1}` : undefined;
  const silence = silentEvery > 0 ? `if (c % ${silentEvery} === 0) return\n    ` : '';
  const again = twice ? `\n    ctx.reply(make(0))` : '';
  const answer =
    below === undefined
      ? `${silence}ctx.reply(bump(x, c))${again}\n    mutate(x)`
      : `${silence}const f = ctx.ask(${below}, x)
    ctx.await(f, (ctx) => ctx.reply(bump(f.value(ctx), c)))\n    mutate(x)`;
  const kind = below === undefined ? `.replier(p${at}, ` : `.askerreplier(${below}, p${at}, `;
  streams.push(`r${at}.stream`);
  return `const r${at} = app.workflowsWithName('r${at}').source(${stream})
  ${kind}(ctx) => (x) => ctx.emit(bump(x, note(notes(ctx), x))), (ctx) => (x) => {
    counter(ctx).set(counter(ctx).get() + 1)
    const c = counter(ctx).get()
    ctx.log.info('asked ' + n(x))
    ${answer}
  }).sink().freeze()`;
}

function partSource(part: Part, at: number, streams: string[], portals: number): string {
  const stream = (index: number) => streams[index % streams.length] ?? '';
  switch (part.kind) {
    case 'workflow': {
      const text = workflow(part.tasks, at, stream(part.source), portals);
      streams.push(`w${at}.stream`);
      return text;
    }
    case 'splitter': {
      const source = stream(part.source);
      const splits = Array.from({ length: part.splits }, (_, split) => {
        streams.push(`s${at}_${split}`);
        return `const s${at}_${split} = app.splitsWithName('${split}').split(s${at}, (x) => {
  const yes = n(x) % 3 === ${split}
  mutate(x)
  return yes
})`;
      });
      const head = `const s${at} = app.splittersWithName('s${at}').empty(${source})`;
      return [head, ...splits].join('\n');
    }
    case 'sequencer': {
      const sources = [...new Set(part.sources.map(stream))];
      streams.push(`q${at}.stream`);
      return [
        `const q${at} = app.sequencersWithName('q${at}').random()`,
        ...sources.map((source) => `app.connections.connect(${source}, q${at})`),
      ].join('\n');
    }
    case 'cycle': {
      const source = stream(part.source);
      streams.push(`q${at}.stream`, `w${at}.stream`);
      return `const q${at} = app.sequencersWithName('q${at}').random()
const w${at} = app.workflowsWithName('w${at}').source(q${at}.stream)
  .processor((ctx) => (x) => { if (n(x) > 0) ctx.emit(make(Math.min(n(x), 4) - 1)) })
  .sink().freeze()
app.connections.connect(${source}, q${at})
app.connections.connect(w${at}.stream, q${at})`;
    }
  }
}

function workflow(tasks: readonly TaskPart[], at: number, source: string, portals: number): string {
  const used = new Set<number>();
  const lines = tasks.map((task, index) => {
    const inputs = [task.from, ...(task.alsoFrom === undefined ? [] : [task.alsoFrom])];
    const [first = 0, second] = inputs.map((from) => from % (index + 1));
    used.add(first);
    if (second !== undefined) used.add(second);
    const joined = second === undefined || second === first ? '' : `.union([f${at}_${second}])`;
    const call = CALLS[task.operation](task.k, `p${task.k % portals}`);
    return `const f${at}_${index + 1} = f${at}_${first}${joined}\n  ${call}`;
  });
  const ends = [...tasks.keys()].map((index) => index + 1).filter((end) => !used.has(end));
  const [last, ...others] = ends.map((end) => `f${at}_${end}`);
  const union = others.length === 0 ? '' : `.union([${others.join(', ')}])`;
  return [
    `const f${at}_0 = app.workflowsWithName('w${at}').source(${source})`,
    ...lines,
    `const w${at} = ${last}${union}.sink().freeze()`,
  ].join('\n');
}
