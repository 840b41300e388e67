// Word count with a portal: the counts can be asked for while they change.
//
// `words` counts, as in word-count.js, and answers requests that arrive through the portal
// `counts`. `questions` asks that portal. An ask does not block: the rest of the handler is kept
// as a continuation until the reply comes. Stop in `questions`, look at the pending continuations
// in the topology, then step on and see them run.

const lines = [['to be or not to be'], ['that is the question'], ['whether to be', 'or to ask']];

const questions = [['to', 'be'], ['question'], ['to', 'portal']];

const keyOf = (word) => [...word].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);

const builder = PortalsJS.ApplicationBuilder('wordcount');

// Requests run under the key of the word they ask about, where its counter is.
const counts = builder.portal.portal('counts', (request) => keyOf(request.word));

const text = builder.generatorsWithName('text').fromArrayOfArrays(lines);
const asked = builder.generatorsWithName('asked').fromArrayOfArrays(questions);

const counterOf = (ctx) => PortalsJS.PerKeyState('counter', 0, ctx);

builder
  .workflowsWithName('words')
  .source(text.stream)
  .flatMap((ctx) => (line) => line.split(' '))
  .withName('split')
  .key((word) => keyOf(word))
  .replier(
    counts,
    // For each word of the text:
    (ctx) => (word) => {
      counterOf(ctx).set(counterOf(ctx).get() + 1);
    },
    // For each request from the portal:
    (ctx) => (request) => {
      ctx.reply({ word: request.word, count: counterOf(ctx).get() });
    },
  )
  .withName('count')
  .sink()
  .freeze();

builder
  .workflowsWithName('questions')
  .source(asked.stream)
  .asker(counts, (ctx) => (word) => {
    const future = ctx.ask(counts, { word });
    ctx.await(future, (ctx) => {
      const { count } = future.value(ctx);
      ctx.log.info(`'${word}' was seen ${count} times`);
      ctx.emit({ word, count });
    });
  })
  .withName('ask')
  .sink()
  .freeze();

const system = PortalsJS.System();
system.launch(builder.build());
system.stepUntilComplete();
system.shutdown();
