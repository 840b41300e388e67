import type { Operation } from './app-spec.ts';

/** The builder call of each operation; `k` varies it, and `p` is the portal that it may ask. */
export const CALLS: Readonly<Record<Operation, (k: number, p: string) => string>> = {
  map: (k) => `.map((ctx) => (x) => bump(x, ${k}))`,
  filter: (k) => `.filter((x) => n(x) % ${k + 1} !== 0)`,
  flatMap: (k) => `.flatMap((ctx) => (x) => { const y = bump(x, ${k}); return [y, y] })`,
  key: (k) => `.key((x) => n(x) % ${k})`,
  log: (k) =>
    `.map((ctx) => (x) => { ctx.log.info(n(x)); const y = bump(x, ${k}); ctx.emit(y); return y })`,
  count: (k) => `.processor((ctx) => (x) => {
    counter(ctx).set(counter(ctx).get() + 1)
    if (counter(ctx).get() === ${k + 1}) counter(ctx).del()
    ctx.emit(bump(x, counter(ctx).get()))
  })`,
  note: () => `.map((ctx) => (x) => bump(x, note(notes(ctx), x)))`,
  keep: (k) => `.processor((ctx) => (x) => {
    keep(kept(ctx), x)
    for (const y of kept(ctx).get()) ctx.emit(y)
    if (n(x) % ${k + 1} === 0) kept(ctx).del()
  })`,
  mutate: (k) => `.processor((ctx) => (x) => { ctx.emit(bump(x, ${k})); mutate(x) })`,
  draw: (k) =>
    `.map((ctx) => (x) => { console.log('draws'); return bump(x, Math.floor(Math.random() * ${k})) })`,
  // Only after events, or else a workflow could keep itself going by the empty atoms it causes.
  sums: (k) => `.map((ctx) => (x) => { note(notes(ctx), x); return x })
  .withOnAtomComplete((ctx) => {
    const { sum, last } = notes(ctx).get()
    if (last.length > 0) ctx.emit(make(sum))
    notes(ctx).set({ sum, last: [] })
  })
  .withOnComplete((ctx) => ctx.emit(make(-${k})))`,
  step: (k) => `.map((ctx) => (x) => bump(x, ${k}))
  .withStep(app.tasks.filter((x) => n(x) % 2 === 0))`,
  loop: (k) => `.identity().withLoop(${k}, app.tasks.map((ctx) => (x) => bump(x, ${k})))`,
  andThen: (k) => `.flatMap((ctx) => (x) => { const y = bump(x, ${k}); return [y, y] })
  .withAndThen(app.tasks.key((x) => n(x) % 2))`,
  wrapper: (k) => `.map((ctx) => (x) => bump(x, ${k}))
  .withWrapper((ctx) => (wrapped) => (x) => {
    if (n(x) % 3 !== 0) wrapped(ctx)(x)
    mutate(x)
  })`,
  vsm: (k) => `.vsm((() => {
    const odd = app.tasks.processor((ctx) => (x) => { ctx.emit(bump(x, ${k})); return even })
    const even = app.tasks.processor((ctx) => (x) => { ctx.emit(x); return odd })
    return odd
  })())`,
  init: (k) => `.init((ctx) => {
    ctx.log.info('init')
    notes(ctx).set({ sum: ${k}, last: [] })
    return app.tasks.map((ctx) => (x) => bump(x, notes(ctx).get().sum))
  })`,
  stash: (k) => `.stash((stash) => (ctx) => (x) => {
    if (stash.size() < ${k} && !ctx.state.get('open')) return stash.stash(x)
    ctx.state.set('open', true)
    ctx.emit(bump(x, stash.size()))
    stash.unstashAll()
    mutate(x)
  })`,
  ask: (_k, p) => `.asker(${p}, (ctx) => (x) => {
    const f = ctx.ask(${p}, x)
    ctx.await(f, (ctx) => { const y = f.value(ctx); ctx.emit(y); mutate(y) })
    mutate(x)
  })`,
  askTwice: (_k, p) => `.asker(${p}, (ctx) => (x) => {
    const f = ctx.ask(${p}, x), g = ctx.ask(${p}, bump(x, 1))
    ctx.awaitAll([f, g], (ctx) => ctx.emit(bump(f.value(ctx), n(g.value(ctx)))))
  })`,
  askAgain: (_k, p) => `.asker(${p}, (ctx) => (x) => {
    const f = ctx.ask(${p}, x)
    ctx.await(f, (ctx) => {
      counter(ctx).set(n(f.value(ctx)))
      const g = ctx.ask(${p}, f.value(ctx))
      ctx.await(g, (ctx) => ctx.emit(bump(g.value(ctx), counter(ctx).get() % 5)))
    })
  })`,
  askInTurn: (_k, p) => `.asker(${p}, (ctx) => (x) => {
    const f = ctx.ask(${p}, x), y = bump(x, 1), g = ctx.ask(${p}, y)
    ctx.await(f, (ctx) => ctx.await(g, (ctx) => ctx.emit(bump(g.value(ctx), n(f.value(ctx))))))
    ctx.emit(y)
  })`,
  // Changes what continuations have captured: an object, a variable, and the event itself.
  askCapturing: (k, p) => `.asker(${p}, (ctx) => (x) => {
    const seen = [${k}]
    let turns = 0
    const again = (ctx) => {
      const f = ctx.ask(${p}, x)
      ctx.await(f, (ctx) => {
        turns += 1
        seen.push(n(f.value(ctx)), Math.floor(Math.random() * 3))
        x = bump(x, seen.length)
        if (turns < ${k}) again(ctx)
        else ctx.emit(make(seen.reduce((sum, one) => (sum + one) % 5, n(x) % 3)))
      })
    }
    again(ctx)
  })`,
  // What the continuations of several events share: what they got of the state in one batch.
  askSharing: (k, p) => `.asker(${p}, (ctx) => (x) => {
    const seen = kept(ctx).get()
    seen.push(n(x))
    if (seen.length > ${k}) seen.shift()
    const f = ctx.ask(${p}, x), g = ctx.ask(${p}, make(seen.length))
    ctx.await(f, (ctx) => { seen.push(n(f.value(ctx))); ctx.emit(make(seen.length % 5)) })
    ctx.await(g, (ctx) => {
      kept(ctx).get().push(seen.length)
      seen.push(n(g.value(ctx)))
      const h = ctx.ask(${p}, g.value(ctx))
      ctx.awaitAll([f, h], (ctx) => { seen.push(1); ctx.emit(make(seen.length % 5)) })
    })
  })`,
};
